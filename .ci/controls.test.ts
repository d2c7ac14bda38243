import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { asGuide } from './controls/as-guide.ts';
import { attacks } from './controls/attacks.ts';
import { misplaced } from './controls/switched-off.ts';

const root = resolve(import.meta.dirname, '..');
const controls = attacks.flatMap(({ id, controls: all }) => all.map((control) => ({ id, ...control })));

test('each control can be switched off where the table says: change .ci/controls with the source', () => {
  expect(controls.flatMap((control) => misplaced(root, control) ?? [])).toEqual([]);
});

test('each control has tests that are there', () => {
  expect(controls.flatMap(({ tests }) => tests).filter((file) => !existsSync(resolve(root, file)))).toEqual([]);
  expect(controls.filter(({ tests }) => tests.length === 0)).toEqual([]);
});

test('the whole corpus is there, and all that was found', () => {
  const ids = [...Array.from({ length: 26 }, (_, at) => `${at + 1}`), ...Array.from({ length: 31 }, (_, at) => `A${at + 1}`)];
  expect(attacks.map(({ id }) => id)).toEqual(ids);
});

test('each attack has a control, or a reason for having none', () => {
  expect(attacks.filter(({ controls: all, none }) => (all.length === 0) === (none === undefined)).map(({ id }) => id)).toEqual([]);
});

test('the documentation tells them', async () => {
  await expect(asGuide(attacks)).toMatchFileSnapshot(resolve(root, 'docs/guides/security.md'));
});
