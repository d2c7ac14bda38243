import { isolated } from '@weft/sentences';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { sentences } from './sentence-of.ts';

/**
 * Every folder keeps its own words next to its code, in `strings.<language>.ts`, and uses them through
 * `useTranslation('<folder>')`. A second language is a second file. A kind of step keeps its words in its own folder below
 * `step-kinds`, under the kind's name. The words of folders that the editor's first load does without come with their code: see
 * `addWords`.
 */
const files = import.meta.glob<Words>(
  [
    '../*/strings.*.ts',
    '../step-kinds/*/strings.*.ts',
    '!../{settings,apps,approvals,files,dead-letters,replay,triggers,connections,inspector,mapper,run-panel,flows,runs,account,data-view}/strings.*.ts',
  ],
  { eager: true, import: 'default' },
);

/** What packages say (see `sentenceOf`), in every language but their own English. */
const sentenceTables = import.meta.glob<Words>('./sentences.*.ts', { eager: true, import: 'default' });

type Words = Record<string, unknown>;

const resources: Record<string, Record<string, Words>> = {};
for (const [path, words] of Object.entries(files)) {
  const [, folder = '', inside] = /^\.\.\/([^/]+)(\/.+)$/.exec(path) ?? [];
  add(folder, path, underKind(`.${inside}`, words));
}
for (const [path, words] of Object.entries(sentenceTables)) add(sentences, path, words);

function add(namespace: string, path: string, words: Words): void {
  const language = languageOf(path);
  if (language !== undefined) Object.assign(((resources[language] ??= {})[namespace] ??= {}), words);
}

export const i18n = i18next;

void i18next.use(initReactI18next).init({
  lng: regional('en'),
  fallbackLng: 'en',
  resources,
  defaultNS: 'app',
  // React escapes what it renders; what is put into a sentence turns nothing around it.
  interpolation: { escape: isolated },
});

/** The words of a folder that brings them itself, by file: in its `words.ts`, which every file that uses them imports. */
export function addWords(folder: string, byFile: Record<string, Words>): void {
  for (const [path, words] of Object.entries(byFile)) {
    const language = languageOf(path);
    if (language !== undefined) i18next.addResourceBundle(language, folder, underKind(path, words), true);
  }
}

/** Words in a folder of a folder stand under its name, as the code writes it: `./for-each/strings.en.ts` under `forEach`. */
function underKind(path: string, words: Words): Words {
  const [, kind] = /^\.\/([^/]+)\/[^/]+$/.exec(path) ?? [];
  return kind === undefined ? words : { [kind.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())]: words };
}

function languageOf(path: string): string | undefined {
  return /(?:strings|sentences)\.(\w+)\.ts$/.exec(path)?.[1];
}

/** The reader's own kind of a language, for dates and numbers: `en-GB` where the browser asks for it. */
function regional(language: string): string {
  return navigator.languages.find((tag) => /^\w+(-\w+)*$/.test(tag) && tag.split('-')[0] === language) ?? language;
}
