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

test(`lines have at most ${maxLength} characters, sentences aside`, () => {
  const files = sources.filter((file) => !/\.en\.ts$|\/icon\.ts$|^apps\/web\/|^packages\/schema-form\//.test(file));
  expect(found(files, isTooLong)).toEqual([]);
});
