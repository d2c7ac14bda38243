import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const isOurs = (file: string): boolean => !/(^|\/)(node_modules|dist|\.types)\/|\.gen\.ts$/.test(file);
const sources = globSync('{apps,packages,e2e}/**/*.{ts,tsx}', { cwd: root }).filter(isOurs);

/** `file:line` of each line of these files that is so. */
const found = (files: readonly string[], isSo: (line: string) => boolean): string[] =>
  files.flatMap((file) => readFileSync(resolve(root, file), 'utf8').split('\n').flatMap((line, at) => (isSo(line) ? [`${file}:${at + 1}`] : [])));

test('a field that may be missing is spread in one way: …(condition && { field })', () => {
  expect(found(sources, (line) => /\.\.\.\([^?]*\? \{\} : \{|\.\.\.\(.*\} : \{\}\)/.test(line))).toEqual([]);
});

const maxLength = 160;
/** A sentence, a pattern or a drawing is not cut into pieces: a line may be longer by one of them. */
const text = /'[^']{60,}'|`[^`]{60,}`|"[^"]{60,}"|\/(?:[^/\\]|\\.){60,}\//;
const isTooLong = (line: string): boolean => line.length > maxLength && line.replace(text, '').length > maxLength - 60;

/** Longer in places still: a file leaves this list when its lines are wrapped. */
const unwrapped = new Set([
  'apps/web/src/data-view/virtual-tree.tsx',
  'apps/web/src/inspector/inspector.tsx',
  'apps/web/src/inspector/open-part-editor.tsx',
  'apps/web/src/inspector/samples-section.tsx',
  'apps/web/src/mapper/expression/expression-editor.tsx',
  'apps/web/src/mapper/expression/token-text.tsx',
  'apps/web/src/mapper/expression/tokens.ts',
  'apps/web/src/mapper/mapper-dialog.tsx',
  'apps/web/src/mapper/value-editor.tsx',
  'apps/web/src/step-kinds/wait/signal-setup.tsx',
]);

test(`lines have at most ${maxLength} characters, sentences aside: wrap these`, () => {
  const files = sources.filter((file) => !/\.en\.ts$|\/icon\.ts$/.test(file) && !unwrapped.has(file));
  expect(found(files, isTooLong)).toEqual([]);
});
