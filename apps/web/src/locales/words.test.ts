import { globSync, readFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { expect, test } from 'vitest';
import '../step-kinds/setup-words.ts';
import { stepKindViews } from '../step-kinds/step-kinds.ts';
import dialogWords from '../editor/dialog-strings.en.ts';
import editorWords from '../editor/strings.en.ts';
import { i18n } from './i18n.ts';

/** Folders that bring their own words, brought here. */
const broughtWords = import.meta.glob('../*/words.ts', { eager: true });
import.meta.glob('../*/*-words.ts', { eager: true });
const ownWords = Object.keys(broughtWords).map((path) => path.split('/')[1] ?? '');

/** As an import in a file says it. */
const pathTo = (target: string, file: string): string => relative(dirname(file), target).replace(/^(?!\.)/, './');

const source = new URL('..', import.meta.url).pathname;
const root = new URL('../../../..', import.meta.url).pathname;

/** Every literal key whose namespace is plain: named in the key, or the only one the file uses. */
const usedKeys = globSync('**/*.{ts,tsx}', { cwd: source })
  .filter((path) => !path.includes('.test.'))
  .flatMap((path) => {
    const text = readFileSync(`${source}/${path}`, 'utf8');
    const namespaces = new Set([...text.matchAll(/useTranslation\('(\w[\w-]*)'\)/g)].map(([, name]) => name));
    const [namespace] = namespaces;
    return [...text.matchAll(/(?<![\w.])(?:i18n\.)?t\(\s*'([^']+)'/g)]
      .map(([, key = '']) => ({ path, key: key.includes(':') || namespaces.size !== 1 ? key : `${namespace}:${key}` }))
      .filter(({ key }) => key.includes(':'));
  });

test('every word the interface asks for exists in English', () => {
  const missing = usedKeys.filter(({ key }) => !i18n.exists(key, { count: 1 }));
  expect(missing).toEqual([]);
});

test('every kind of step has its words', () => {
  const wanted = stepKindViews().flatMap(([kind, { create }]) => [
    `${kind}.kind.name`,
    `${kind}.kind.line`,
    ...(create ? ['title', 'description', 'keywords'].map((word) => `${kind}.palette.${word}`) : []),
  ]);
  expect(wanted.filter((key) => !i18n.exists(`step-kinds:${key}`))).toEqual([]);
});

test('every file of the editor that uses the words of its dialogs brings them', () => {
  const early = keysOf(editorWords);
  const late = keysOf(dialogWords).filter((key) => !early.includes(key));
  const forgetful = usedKeys
    .filter(({ key }) => late.includes(key.replace(/^editor:/, '')))
    .filter(({ path }) => !readFileSync(`${source}/${path}`, 'utf8').includes(`import '${pathTo('editor/dialog-words.ts', path)}';`))
    .map(({ path, key }) => `${path} uses ${key}`);
  expect(late.length).toBeGreaterThan(50);
  expect(forgetful).toEqual([]);
});

/** Every key as code asks for it, `a.b`; forms of number are one. */
function keysOf(words: object): string[] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? keysOf(value).map((inner) => `${key}.${inner}`) : [key.replace(/_(?:zero|one|other)$/, '')],
  );
}

test('every file that uses words which come with their folder brings them', () => {
  const forgetful = globSync('**/*.{ts,tsx}', { cwd: source })
    .filter((path) => !path.includes('.test.'))
    .flatMap((path) => {
      const text = readFileSync(`${source}/${path}`, 'utf8');
      const used = ownWords.filter((folder) => text.includes(`useTranslation('${folder}')`) || new RegExp(`['"\`]${folder}:`).test(text));
      return used.filter((folder) => !text.includes(`import '${pathTo(`${folder}/words.ts`, path)}';`)).map((folder) => `${path} uses ${folder}`);
    });
  expect(ownWords.length).toBeGreaterThan(3);
  expect(forgetful).toEqual([]);
});

test('what people read has one name for each thing, and none of an engineer’s', () => {
  const inventions = /error port|crash in the middle|Respond step|“else”|\{ fileName, contentType|Transform data|time limit|\bDraft\b/;
  const said = globSync([
    'apps/web/src/**/*strings.*.ts', 'apps/web/src/**/words/*.ts', 'packages/*/src/sentences.*.ts', 'packages/connectors/src/**/*.ts',
    'packages/connector-sdk/src/**/*.ts',
  ], { cwd: root })
    .filter((path) => !path.includes('.test.'))
    .flatMap((path) => readFileSync(`${root}/${path}`, 'utf8')
      .split('\n')
      .filter((line) => !/^\s*(?:\/\/|\/?\*)/.test(line) && inventions.test(line))
      .map((line) => `${path}: ${line.trim()}`));
  expect(said).toEqual([]);
});
