import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readKeyFile } from './key-file.ts';
import { createVault, SealBroken } from './vault.ts';

const vault = createVault(randomBytes(32));
const here = { workspaceId: 'ws_1', rowId: 'conn_1', version: 1 };
const secret = { password: 'correct horse', user: 'ada' };

test('what was sealed opens at its place, and nowhere shows', () => {
  const sealed = vault.seal(here, secret);
  expect(vault.open(here, sealed)).toEqual(secret);
  expect(sealed.includes('correct horse')).toBe(false);
});

test.each([
  ['workspace', { ...here, workspaceId: 'ws_2' }],
  ['row', { ...here, rowId: 'conn_2' }],
  ['version', { ...here, version: 2 }],
])('moved to another %s it does not open', (_, elsewhere) => {
  expect(() => vault.open(elsewhere, vault.seal(here, secret))).toThrow(SealBroken);
});

test('with any bit turned it does not open', () => {
  const sealed = vault.seal(here, secret);
  for (let index = 0; index < sealed.length; index += 1) {
    const changed = Buffer.from(sealed);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(() => vault.open(here, changed)).toThrow(SealBroken);
  }
});

test('another installation’s key does not open it', () => {
  expect(() => createVault(randomBytes(32)).open(here, vault.seal(here, secret))).toThrow(SealBroken);
});

test('sealing the same twice gives two different texts', () => {
  expect(vault.seal(here, secret).equals(vault.seal(here, secret))).toBe(false);
});

test('the key file is made once, for its owner only, and stays', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'weft-key-')), 'key');
  const key = readKeyFile(file, true);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  chmodSync(file, 0o644);
  expect(readKeyFile(file, false).equals(key)).toBe(true);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a missing or damaged key beside existing data is named, not replaced', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'weft-key-')), 'key');
  expect(() => readKeyFile(file, false)).toThrow(/Put it back from your backup/);
  writeFileSync(file, 'short');
  expect(() => readKeyFile(file, false)).toThrow(/damaged/);
});
