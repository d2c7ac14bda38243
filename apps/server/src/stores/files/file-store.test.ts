import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { temporaryStore } from '../../../test/temporary-store.ts';
import { workspaces } from '../../db/schema/index.ts';
import { createFileStore, type FileStore } from './file-store.ts';

let store: ReturnType<typeof temporaryStore>;
let files: FileStore;
beforeEach(() => {
  store = temporaryStore();
  store.db.insert(workspaces).values({ id: 'ws_1', name: 'Acme', practiceToken: 't', createdAt: 0 }).run();
  files = open();
});
afterEach(() => store.dispose());

const open = (quotaBytes = 10_000) => createFileStore({ db: store.db, folder: join(store.folder, 'files'), quotaBytes });
const of = () => files.of('ws_1');
const bytes = (text: string) => new TextEncoder().encode(text);
const read = async (name: string) => new TextDecoder().decode(await of().read(name));
const add = (name: string, runId: string, key: string, text: string) =>
  of().append(name, { runId, idempotencyKey: key }, (before) => bytes(before === 0 ? `head\n${text}` : text));

test('what a crash left half written is gone after the next start', async () => {
  const aside = join(store.folder, 'files', '.aside');
  mkdirSync(aside, { recursive: true });
  appendFileSync(join(aside, 'half-written'), 'half');
  files = open();
  expect(existsSync(aside)).toBe(false);
  await of().write('whole.txt', bytes('whole'), { runId: 'run_1', idempotencyKey: 'k' });
  expect(await read('whole.txt')).toBe('whole');
});

describe('a name', () => {
  const composed = 'Müller.csv';
  const decomposed = 'Mu\u0308ller.csv';
  const upload = (name: string, text: string) => files.upload('usr_1', 'ws_1', name, { announcedBytes: null, chunks: [bytes(text)] });

  test('with accents is one file, however they are typed', async () => {
    expect((await upload(decomposed, 'first')).name).toBe(composed);
    expect(await read(composed)).toBe('first');
    await upload(composed, 'second');
    await of().write(decomposed, bytes('third'), { runId: 'run_1', idempotencyKey: 'k' });
    expect((await files.list('ws_1')).files.map(({ name }) => name)).toEqual([composed]);
    expect(await read(decomposed)).toBe('third');
    await files.remove('usr_1', 'ws_1', decomposed);
    expect((await files.list('ws_1')).files).toEqual([]);
  });

  test('that an earlier build stored in parts is found under both spellings', async () => {
    await upload(composed, 'old');
    renameSync(join(store.folder, 'files', 'ws_1', composed), join(store.folder, 'files', 'ws_1', decomposed));
    store.db.$client.prepare('update files set name = ?').run(decomposed);
    expect([await read(composed), await read(decomposed)]).toEqual(['old', 'old']);
    await upload(composed, 'new');
    expect((await files.list('ws_1')).files.map(({ name }) => name)).toEqual([decomposed]);
  });

  test.each([
    'x.sqlite-journal', 'x.sqlite-journal/a.csv', 'a/X.DB-wal/b.csv', 'x.db-shm',
  ])('that databases use for themselves is refused, for a folder too: %s', async (name) => {
    await expect(upload(name, 'x')).rejects.toThrow('databases use for themselves');
  });

  test.each(['\u200b', '\u200b.\u200b', 'a/\u2060'])('that nobody sees is refused: %j', async (name) => {
    await expect(upload(name, 'x')).rejects.toThrow('Use a file name that can be seen.');
  });
});

describe('adding to a file', () => {
  test('begins it anew in each run, and goes on within one', async () => {
    await of().write('out.csv', bytes('old'), { runId: 'run_0', idempotencyKey: 'k' });
    expect(await add('out.csv', 'run_1', 'a', 'A\n')).toBe(0);
    expect(await add('out.csv', 'run_1', 'b', 'B\n')).toBe(7);
    expect(await read('out.csv')).toBe('head\nA\nB\n');
    await add('out.csv', 'run_2', 'a', 'C\n');
    expect(await read('out.csv')).toBe('head\nC\n');
  });

  test('again with the same key replaces what that key had added, at the end and in the middle', async () => {
    for (const key of ['a', 'b', 'c']) await add('out.csv', 'run_1', key, `${key}\n`);
    await add('out.csv', 'run_1', 'c', 'see!\n');
    await add('out.csv', 'run_1', 'b', 'longer than before\n');
    expect(await read('out.csv')).toBe('head\na\nlonger than before\nsee!\n');
    await add('out.csv', 'run_1', 'a', '');
    expect(await read('out.csv')).toBe('head\nlonger than before\nsee!\n');
  });

  test('drops what a crash left behind without committing it', async () => {
    await add('out.csv', 'run_1', 'a', 'A\n');
    appendFileSync(join(store.folder, 'files', 'ws_1', 'out.csv'), 'half a ro');
    expect(await read('out.csv')).toBe('head\nA\n');
    files = open();
    await add('out.csv', 'run_1', 'b', 'B\n');
    expect(readFileSync(join(store.folder, 'files', 'ws_1', 'out.csv'), 'utf8')).toBe('head\nA\nB\n');
  });

  test('by many at once keeps every addition', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, index) => add('out.csv', 'run_1', `k${index}`, `row ${index}\n`)));
    const rows = (await read('out.csv')).trim().split('\n');
    expect(rows).toHaveLength(51);
    expect(new Set(rows).size).toBe(51);
  });

  test('in any order with any repeats gives the last text of each key, in the order of first additions', async () => {
    const addition = fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), text: fc.string({ maxLength: 12 }) });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(addition, { minLength: 1, maxLength: 12 }), async (additions) => {
        run += 1;
        const last = new Map<string, string>();
        for (const { key, text } of additions) {
          await of().append('any.txt', { runId: `run_${run}`, idempotencyKey: key }, () => bytes(text));
          last.set(key, text);
        }
        expect(await of().read('any.txt')).toEqual(bytes([...last.values()].join('')));
      }),
      { numRuns: 25 },
    );
  });

  test('beyond the quota is refused, and the file stays as it was', async () => {
    files = open(20);
    await add('out.csv', 'run_1', 'a', 'A\n');
    await expect(add('out.csv', 'run_1', 'b', 'x'.repeat(30))).rejects.toThrow(/not enough space/);
    expect(await read('out.csv')).toBe('head\nA\n');
  });
});

describe('a database file', () => {
  test('lies in the workspace’s own folder and shows up once something was written', async () => {
    const { path } = await of().database('tickets.sqlite');
    expect(path).toBe(join(store.folder, 'files', 'ws_1', 'tickets.sqlite'));
    expect((await files.list('ws_1')).files).toEqual([]);
    appendFileSync(path, 'not empty');
    expect((await files.list('ws_1')).files).toMatchObject([{ name: 'tickets.sqlite', sizeBytes: 9 }]);
  });

  test.each([
    'tickets.txt', '../../weft.sqlite', '../weft.sqlite', 'a/../../../weft.sqlite', '/tmp/x.sqlite', 'x.sqlite-wal',
  ])('is refused as %s', async (name) => {
    await expect(of().database(name)).rejects.toThrow(/name/);
  });

  test('counts towards the quota as it grows', async () => {
    appendFileSync((await of().database('tickets.sqlite')).path, 'x'.repeat(9_990));
    await expect(of().write('more.txt', bytes('x'.repeat(20)), { runId: 'run_1', idempotencyKey: 'k' })).rejects.toThrow(/not enough space/);
  });
});

describe('of several who write at once', () => {
  /** Comes in pieces, and the others have their turn in between. */
  async function* pieces(count: number) {
    for (let sent = 0; sent < count; sent += 1) {
      await Promise.resolve();
      yield bytes('x'.repeat(1_000));
    }
  }
  const upload = (name: string, announcedBytes: number | null) => files.upload('usr_1', 'ws_1', name, { announcedBytes, chunks: pieces(9) });
  const spaceLeft = () => files.list('ws_1').then(({ usedBytes, quotaBytes }) => quotaBytes - usedBytes);
  const good = (results: PromiseSettledResult<unknown>[]) => results.filter(({ status }) => status === 'fulfilled');

  test.each([null, 9_000])('the quota lets in those uploads that there is space for, announced as %s bytes', async (announcedBytes) => {
    const results = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => upload(`big-${index}.bin`, announcedBytes)));
    expect(good(results)).toHaveLength(1);
    expect(await spaceLeft()).toBe(1_000);
    // What the refused ones held is free again.
    await of().write('rest.txt', bytes('x'.repeat(1_000)), { runId: 'run_1', idempotencyKey: 'k' });
  });

  test('the quota lets in those additions that there is space for', async () => {
    for (const name of ['one', 'two', 'three']) await add(`${name}.csv`, 'run_1', 'a', '');
    const results = await Promise.allSettled(['one', 'two', 'three'].map((name) => add(`${name}.csv`, 'run_1', 'b', 'x'.repeat(6_000))));
    expect(good(results)).toHaveLength(1);
  });

  test('databases in use cannot grow beyond the quota together', async () => {
    const lent = Array.from({ length: 10 }, () => of());
    const sizes = await Promise.all(lent.map((mine, index) => mine.database(`db-${index}.sqlite`)));
    expect(sizes.reduce((sum, { maxBytes }) => sum + maxBytes, 0)).toBeLessThanOrEqual(10_000);
    await expect(upload('big.bin', 9_000)).rejects.toThrow(/not enough space/);
    for (const mine of lent) mine.ended();
    await upload('big.bin', 9_000);
  });

  test('users of one database share what it may grow by, as long as one of them is there', async () => {
    const [first, second] = [of(), of()];
    const { maxBytes, path } = await first.database('tickets.sqlite');
    expect((await second.database('tickets.sqlite')).maxBytes).toBe(maxBytes);
    appendFileSync(path, 'x'.repeat(1_000));
    first.ended();
    await expect(upload('big.bin', 9_000)).rejects.toThrow(/not enough space/);
    second.ended();
    await upload('big.bin', 9_000);
  });
});

test('a missing file is named, with what to do', async () => {
  await expect(of().read('none.csv')).rejects.toMatchObject({ path: ['config', 'file'], message: expect.stringMatching(/upload it first/) });
});

test('what a run wrote is found by the run', async () => {
  await add('out.csv', 'run_1', 'a', 'A\n');
  await of().write('other.txt', bytes('x'), { runId: 'run_2', idempotencyKey: 'k' });
  expect((await files.ofRun('ws_1', 'run_1')).map(({ name }) => name)).toEqual(['out.csv']);
});
