import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryStore } from '../../test/temporary-store.ts';
import { createGuard, type Guard, Stopped, type Task } from './guard.ts';

let store: ReturnType<typeof temporaryStore>;
beforeEach(() => {
  store = temporaryStore();
});
afterEach(() => store.dispose());

/** Of the next process. */
const next = (): Guard => createGuard({ db: store.db, file: join(store.folder, 'under-way'), log: pino({ level: 'silent' }) });
const preview: Task = { kind: 'preview', workspaceId: 'ws_1', subject: 'Ünïcödé 名前.csv', state: [120, 'today'], by: 'page' };
const forEver = () => new Promise<never>(() => undefined);

/** So many processes that end in the middle of it. */
function dieIn(task: Task, times: number): void {
  for (let time = 0; time < times; time += 1) void next().during(task, forEver);
}

test('what the process died of three times is not begun again, with a sentence', async () => {
  dieIn(preview, 3);
  await expect(next().during(preview, () => 'table')).rejects.toThrow(
    new Stopped('preview'),
  );
  expect(new Stopped('preview').message).toBe(
    'Weft ended or stopped answering 3 times while it read this file for its preview, so it was stopped. Download it to look at it, replace it, or try again.',
  );
});

test('twice is not yet too often, and what then comes to its end is forgotten', async () => {
  dieIn(preview, 2);
  expect(await next().during(preview, () => 'table')).toBe('table');
  await setImmediate();
  dieIn(preview, 2);
  expect(await next().during(preview, () => 'table')).toBe('table');
});

test('an end is an end also with an error', async () => {
  dieIn(preview, 2);
  await expect(next().during(preview, () => Promise.reject(new Error('no such file')))).rejects.toThrow('no such file');
  await setImmediate();
  dieIn(preview, 2);
  expect(await next().during(preview, () => 'table')).toBe('table');
});

test('another state, subject or workspace is another task', async () => {
  dieIn(preview, 3);
  const guard = next();
  for (const change of [{ state: [121, 'today'] }, { subject: 'other.csv' }, { workspaceId: 'ws_2' }, { kind: 'schema' as const }]) {
    expect(await guard.during({ ...preview, ...change }, () => 'table')).toBe('table');
  }
  await expect(guard.during(preview, () => 'table')).rejects.toThrow(Stopped);
});

test('a person may try it again, and once it worked nobody has to', async () => {
  dieIn(preview, 3);
  const guard = next();
  await expect(guard.during(preview, () => 'table')).rejects.toThrow(Stopped);
  await expect(guard.during(preview, () => 'table')).rejects.toThrow(Stopped);
  expect(await guard.during({ ...preview, by: 'again' }, () => 'table')).toBe('table');
  await setImmediate();
  expect(await guard.during(preview, () => 'table')).toBe('table');
});

test('who pressed something has read why not, and may press it once more', async () => {
  const pressed: Task = { ...preview, kind: 'connection-test', by: 'person' };
  dieIn(pressed, 3);
  const guard = next();
  await expect(guard.during(pressed, () => 'ok')).rejects.toThrow(Stopped);
  void guard.during(pressed, forEver);
  await expect(next().during(pressed, () => 'ok')).rejects.toThrow(Stopped);
});

test('what a process that is stopping cuts off is no death', async () => {
  for (let time = 0; time < 5; time += 1) {
    const guard = next();
    void guard.during(preview, forEver);
    guard.close();
  }
  expect(await next().during(preview, () => 'table')).toBe('table');
});

test('what goes on by itself does so alone, once the process died beside it', async () => {
  const polls = ['flow_1', 'flow_2', 'flow_3'].map((subject): Task => ({ kind: 'poll', workspaceId: 'ws_1', subject, state: 1, by: 'itself' }));
  const before = next();
  for (const poll of polls) void before.during(poll, forEver);
  const guard = next();
  let atOnce = 0;
  const most = await Promise.all(
    polls.map((poll) =>
      guard.during(poll, async () => {
        atOnce += 1;
        const here = atOnce;
        await setImmediate();
        atOnce -= 1;
        return here;
      })),
  );
  expect(most).toEqual([1, 1, 1]);
}, 20_000);

test('what waits for its turn does not keep a process from stopping', async () => {
  const poll: Task = { kind: 'poll', workspaceId: 'ws_1', subject: 'flow_1', state: 1, by: 'itself' };
  dieIn(poll, 1);
  // Counted twice, for the pause.
  dieIn({ ...poll, by: 'page' }, 1);
  const guard = next();
  const waiting = guard.during(poll, () => 'done');
  guard.close();
  expect(await waiting).toBe('done');
});
