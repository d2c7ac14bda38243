import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { superviseScript } from '../../test/supervised-weft.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-supervise-'));
  script('sleep', `echo "$1" >> ${folder}/pauses`);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program of that name, found before the system's. */
function script(name: string, body: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
  chmodSync(join(folder, name), 0o700);
}

/** Supervises a server that ends with these codes, one after another, and then with the last one again. */
async function supervise(...codes: (number | string)[]): Promise<{ code: number; output: string; starts: number; pauses: string[] }> {
  const nth = `set -- ${codes.join(' ')}\nn=$(wc -l < ${folder}/starts)\n[ "$n" -gt $# ] && n=$#\nshift $((n - 1))`;
  script('server', `echo x >> ${folder}/starts\n${nth}\n[ "$1" = KILL ] && kill -9 $$\nexit "$1"`);
  const env = { PATH: `${folder}:${process.env['PATH']}` };
  const supervisor = spawn('sh', [superviseScript, join(folder, 'server')], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  supervisor.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(supervisor, 'exit')) as [number];
  const lines = (file: string) => readFileSync(join(folder, file), { encoding: 'utf8', flag: 'a+' }).split('\n').filter(Boolean);
  return { code, output, starts: lines('starts').length, pauses: lines('pauses') };
}

test('a server that stops is not started again', async () => {
  expect(await supervise(0)).toEqual({ code: 0, output: '', starts: 1, pauses: [] });
});

test('a first start that is refused is the end, with what the server has said and nothing more', async () => {
  expect(await supervise(1)).toEqual({ code: 1, output: '', starts: 1, pauses: [] });
});

test('a server that dies is started again, at once and then with ever longer pauses', async () => {
  const ended = await supervise('KILL', 70, 134, 139, 70, 70, 70, 70, 0);
  expect(ended).toMatchObject({ code: 0, starts: 9, pauses: ['0', '1', '2', '4', '8', '16', '30', '30'] });
  expect(ended.output).toContain('Weft ended unexpectedly (137). It is started again.');
});

test('starts that are refused after a death are tried again for ever: the port or the disk may be free the next time', async () => {
  const ended = await supervise('KILL', 1, 1, 1, 1, 1, 1, 1, 1, 1, 0);
  expect(ended).toMatchObject({ code: 0, starts: 11, pauses: ['0', '1', '2', '4', '8', '16', '30', '30', '30', '30'] });
  expect(ended.output).toContain('Weft could not start again. The next try is in 16 seconds.');
});

test('also one that dies again and again soon after its start is started again', async () => {
  const ended = await supervise(...Array.from({ length: 30 }, () => 'KILL'), 0);
  expect(ended).toMatchObject({ code: 0, starts: 31 });
});
