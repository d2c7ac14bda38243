import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { queryInProcess } from './query-in-process.ts';
import { createQueryProcesses, type LentProcess } from './query-processes.ts';
import type { QueryAnswer } from './sqlite-query-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'weft-queries-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n';
const file = (name: string) => join(folder, name);

async function ask({ child }: LentProcess, path: string, sql: string): Promise<QueryAnswer> {
  child.send({ path, sql, values: {}, limit: 10 });
  const [answer] = (await once(child, 'message')) as [QueryAnswer];
  return answer;
}

describe('queries on SQLite files', () => {
  it('share a process while they follow each other on one file', async () => {
    const processes = createQueryProcesses();
    const pids = new Set<number | undefined>();
    for (let n = 0; n < 50; n += 1) {
      const lent = await processes.borrow(file('one.sqlite'));
      expect(await ask(lent, file('one.sqlite'), `SELECT ${n} AS n`)).toEqual({ result: { rows: [{ n }], truncated: false } });
      pids.add(lent.child.pid);
      lent.giveBack(true);
    }
    expect(pids.size).toBe(1);
  });

  it('never share one over two files', async () => {
    const processes = createQueryProcesses();
    const one = await processes.borrow(file('one.sqlite'));
    await ask(one, file('one.sqlite'), 'SELECT 1');
    one.giveBack(true);
    const other = await processes.borrow(file('other.sqlite'));
    expect(other.child.pid).not.toBe(one.child.pid);
    other.giveBack(false);
  });

  it('never share one that failed: it is killed', async () => {
    const processes = createQueryProcesses();
    const failed = await processes.borrow(file('one.sqlite'));
    const ended = once(failed.child, 'exit');
    failed.giveBack(false);
    await ended;
    const next = await processes.borrow(file('one.sqlite'));
    expect(next.child.pid).not.toBe(failed.child.pid);
    next.giveBack(false);
  });

  it('run so many at once and no more; whoever waits can give up', async () => {
    const processes = createQueryProcesses({ mostPerFile: 2 });
    const [first, second] = [await processes.borrow(file('one.sqlite')), await processes.borrow(file('one.sqlite'))];
    const impatient = new AbortController();
    const gaveUp = processes.borrow(file('one.sqlite'), impatient.signal);
    const third = processes.borrow(file('one.sqlite'));
    impatient.abort(new Error('enough'));
    await expect(gaveUp).rejects.toThrow('enough');
    await ask(second, file('one.sqlite'), 'SELECT 1');
    second.giveBack(true);
    expect((await third).child.pid).toBe(second.child.pid);
    (await third).giveBack(false);
    first.giveBack(false);
  });

  it('leave no process behind that nobody uses', async () => {
    const processes = createQueryProcesses({ keptMs: 1 });
    const lent = await processes.borrow(file('one.sqlite'));
    await ask(lent, file('one.sqlite'), 'SELECT 1');
    lent.giveBack(true);
    await vi.waitFor(() => expect(lent.child.signalCode).toBe('SIGKILL'), { timeout: 10_000 });
  });

  it('answer five hundred in a row, with an endless one beside them that ends with its step', { timeout: 60_000 }, async () => {
    const stopped = new AbortController();
    const path = file('one.sqlite');
    const never = queryInProcess({ path, sql: endless, values: {}, limit: 1 }, stopped.signal);
    for (let n = 0; n < 500; n += 1) {
      expect((await queryInProcess({ path, sql: 'SELECT :n AS n', values: { n }, limit: 1 })).rows).toEqual([{ n }]);
    }
    stopped.abort();
    await expect(never).rejects.toMatchObject({ kind: 'timeout', retryable: true });
    await expect(queryInProcess({ path, sql: endless, values: {}, limit: 1 }, stopped.signal)).rejects.toMatchObject({ kind: 'timeout' });
  });

  it('end soon after a server that is killed', { timeout: 60_000 }, async () => {
    const host = hostOf(endless);
    const [line] = (await once(host.stdout ?? host, 'data')) as [Buffer];
    const pid = Number(line.toString());
    expect(isRunning(pid)).toBe(true);
    host.kill('SIGKILL');
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 30_000, interval: 100 });
  });
});

/** A process that starts a query, says in which process, and waits. */
function hostOf(sql: string): ChildProcess {
  const code = `
    import { createQueryProcesses } from ${JSON.stringify(new URL('./query-processes.ts', import.meta.url).href)};
    const { child } = await createQueryProcesses().borrow('x');
    child.send({ path: ${JSON.stringify(file('one.sqlite'))}, sql: 'SELECT 1', values: {}, limit: 1 });
    child.once('message', () => {
      child.send({ path: ${JSON.stringify(file('one.sqlite'))}, sql: ${JSON.stringify(sql)}, values: {}, limit: 1 });
      console.log(child.pid);
    });`;
  const host = spawn(process.execPath, ['--input-type=module', '--eval', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void host.kill('SIGKILL'));
  return host;
}

/** One that ended and that nobody has asked about yet is not running. */
function isRunning(pid: number): boolean {
  const state = `/proc/${pid}/stat`;
  if (existsSync('/proc/self/stat')) return existsSync(state) && !/\) Z /.test(readFileSync(state, 'utf8'));
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}
