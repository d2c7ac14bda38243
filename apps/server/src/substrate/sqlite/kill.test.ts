import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { expect, test } from 'vitest';
import { bundledWeft } from '../../../test/bundled-weft.ts';
import { openDatabase } from '../../db/open.ts';

/** Lets the program work until it has acknowledged so many writes, then kills it in the middle of whatever it does. */
async function acknowledgedBeforeKill(folder: string, writes: number): Promise<string[]> {
  const program = join(await bundledWeft(), 'substrate-under-load.js');
  const child = spawn(execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  let lines = 0;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    lines += chunk.split('\n').length - 1;
    if (lines >= writes) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return text.split('\n').slice(0, -1);
}

test('kill -9 loses nothing that was acknowledged and leaves a sound database', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weft-kill-'));
  for (const writes of [1, 40, 333]) {
    const acknowledged = await acknowledgedBeforeKill(folder, writes);
    const { $client: sqlite } = openDatabase(join(folder, 'weft.sqlite'));
    const statusOf = sqlite.prepare<[string], string>('select status from runs where id = ?').pluck();
    const entriesOf = sqlite
      .prepare<[string], number>('select (select count(*) from run_journal where run_id = runs.id) + (entries is not null) from runs where id = ?')
      .pluck();
    const kept = ([state, runId = '']: string[]) =>
      state === 'succeeded' ? statusOf.get(runId) === 'succeeded' : entriesOf.get(runId) === 1;
    expect(acknowledged.filter((line) => !kept(line.split(' ')))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThanOrEqual(writes);
    expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
    sqlite.close();
  }
  rmSync(folder, { recursive: true });
});
