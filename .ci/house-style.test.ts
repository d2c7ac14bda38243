import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const isOurs = (file: string): boolean => !/(^|\/)(node_modules|dist|\.types)\/|\.gen\.ts$/.test(file);
const sources = globSync('{apps,packages,e2e}/**/*.{ts,tsx}', { cwd: root }).filter(isOurs);
const linesOf = (file: string): string[] => readFileSync(resolve(root, file), 'utf8').split('\n');

/** `file:line` of each line that the expression finds. */
const found = (expression: RegExp): string[] =>
  sources.flatMap((file) => linesOf(file).flatMap((line, at) => (expression.test(line) ? [`${file}:${at + 1} ${line.trim()}`] : [])));

test('a field that may be missing is spread in one way: …(condition && { field })', () => {
  expect(found(/\.\.\.\([^?]*\? \{\} : \{|\.\.\.\(.*\} : \{\}\)/)).toEqual([]);
});
