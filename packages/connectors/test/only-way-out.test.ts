import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const source = join(import.meta.dirname, '../src');
const files = globSync('**/*.ts', { cwd: source }).filter((file) => !/\.test\.ts$|\.gen\.ts$|^guest\.ts$/.test(file));

/** What reaches neither the network nor the disk. */
const harmless = new Set(['node:buffer', 'node:crypto', 'zod', 'chardet', 'iconv-lite', 'csv-parse/sync', 'csv-stringify/sync']);

/** Clients of other protocols, each with why it is safe; a new one is declared here, where a review sees it. */
const declared: Record<string, string[]> = {
  // Dials the address that `context.net` has pinned; the driver gets the socket.
  'sql/postgresql-session.ts': ['node:net', 'pg'],
  // Gets the address that `context.net` has pinned, and may open neither files nor addresses.
  'email/transport.ts': ['nodemailer'],
  // Open the file that `context.files.database` names.
  'sql/sqlite-file.ts': ['better-sqlite3'],
  'sql/sqlite-failure.ts': ['better-sqlite3'],
};

const imported = (text: string): string[] => [
  ...[...text.matchAll(/^\s*(?:import|export)\s+(?!type\b)(?:[^'"]*?\sfrom\s+)?'([^'.][^']*)'/gms)].map(([, name = '']) => name),
  ...[...text.matchAll(/\b(?:import|require)\(\s*'([^'.][^']*)'/g)].map(([, name = '']) => name),
];

test('a connector leaves the process by what it is lent, or by a client that is declared here', () => {
  const others = files.flatMap((file) =>
    imported(readFileSync(join(source, file), 'utf8'))
      .filter((name) => !name.startsWith('@weft/connector-sdk') && !harmless.has(name) && !declared[file]?.includes(name))
      .map((name) => `${file} imports ${name}`));
  expect(others).toEqual([]);
});

test('nor does it use what needs no import', () => {
  const ways = /\b(?:fetch|XMLHttpRequest|WebSocket|EventSource|process\.(?:env|binding)|eval)\b\s*[(.]|\bnew (?:Function|WebSocket|EventSource|Worker)\b|\bimport\([^'\s]/;
  const others = files.flatMap((file) =>
    readFileSync(join(source, file), 'utf8')
      .split('\n')
      .flatMap((line, at) => (ways.test(line.replace(/\/\/.*|^\s*\*.*/, '').replace(/'[^']*'/g, "''")) ? [`${file}:${at + 1} ${line.trim()}`] : [])));
  expect(others).toEqual([]);
});

test('what is declared is there', () => {
  for (const [file, names] of Object.entries(declared)) {
    expect(imported(readFileSync(join(source, file), 'utf8'))).toEqual(expect.arrayContaining(names));
  }
});
