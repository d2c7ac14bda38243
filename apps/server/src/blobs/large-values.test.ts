import { readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JournalEntry, Lease, NewRun, Substrate } from '@weft/engine';
import type { Json } from '@weft/json-schema';
import { temporaryStore } from '../../test/temporary-store.ts';
import { createSqliteSubstrate } from '../substrate/sqlite/sqlite-substrate.ts';
import { blobPath, createBlobStore } from './blob-store.ts';
import { createLargeValues, maxInlineBytes, type LargeValues } from './large-values.ts';

let store: ReturnType<typeof temporaryStore>;
let large: LargeValues;
let substrate: Substrate;
let folder: string;
let count = 0;

beforeEach(async () => {
  store = temporaryStore();
  folder = join(store.folder, 'blobs');
  large = createLargeValues(store.db.$client, createBlobStore(folder));
  substrate = createSqliteSubstrate({ database: store.db.$client, large });
  await substrate.open();
});
afterEach(() => store.dispose());

const big = (letter: string): Json => ({ rows: [letter.repeat(maxInlineBytes + 10)] });
const newRun = (payload: Json): NewRun => ({
  runId: `run_${String((count += 1)).padStart(4, '0')}`,
  workspaceId: 'ws_1',
  flowId: 'flow_1',
  versionId: 'ver_1',
  mode: 'live',
  payload,
  createdAt: 1,
});
const entry = (stepKey: string, output: Json): JournalEntry => ({ stepKey, attempt: 1, kind: 'succeeded', at: 1, output });
const files = () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile()).map(({ name }) => name);
const rowBytes = () => store.db.$client.prepare<[], number>("select max(length(payload) + length(coalesce(entries, ''))) from runs").pluck().get();

async function finished(run: NewRun, entries: JournalEntry[]): Promise<void> {
  const { lease } = await substrate.start(run, { lease: true });
  await substrate.finish(lease as Lease, { status: 'succeeded', at: 2, answer: { status: 200, headers: {}, body: run.payload } }, entries);
}

test('large values stand in files, once however often they are handed on, and are read back as they were', async () => {
  const payload = big('p');
  const run = newRun(payload);
  const output = big('o');
  await finished(run, [
    entry('trigger', payload),
    entry('http', output),
    entry('again', structuredClone(output)),
    { ...entry('map', 1), input: { body: output, small: true } },
  ]);
  expect(files()).toHaveLength(2);
  expect(rowBytes()).toBeLessThan(2_000);
  const { entries } = await substrate.load(run.runId);
  expect(entries.map((read) => read.output)).toEqual([payload, output, output, 1]);
  expect(entries[3]?.input).toEqual({ body: output, small: true });
});

test('a value up to the limit stays in its row', async () => {
  const run = newRun({ text: 'x'.repeat(maxInlineBytes - 20) });
  await finished(run, [entry('trigger', run.payload)]);
  expect(files()).toEqual([]);
});

test('a queued run is handed out with its large payload, also by the next process', async () => {
  const run = newRun(big('q'));
  await substrate.start(run);
  const next = createSqliteSubstrate({ database: store.db.$client, large });
  await next.open();
  expect((await next.claim(1))[0]?.run.payload).toEqual(run.payload);
});

test('what no run names any more is taken away after a while; what another run names stays', async () => {
  const shared = big('s');
  await finished(newRun(shared), []);
  const gone = newRun(big('g'));
  await finished(gone, [entry('http', shared)]);
  const orphan = createBlobStore(folder).put(Buffer.from('never named'));
  for (const [table, column] of [['runs', 'id'], ['blob_uses', 'run_id']]) store.db.$client.prepare(`delete from ${table} where ${column} = ?`).run(gone.runId);
  expect(large.collect(Date.now())).toBe(0);
  for (const name of files()) utimesSync(blobPath(folder, name), new Date(0), new Date(0));
  expect(large.collect(Date.now())).toBe(2);
  expect(files()).toHaveLength(1);
  expect(files()).not.toContain(orphan);
});

test('a value that is put again is fresh, and one that is damaged is not believed', () => {
  const blobs = createBlobStore(folder);
  const name = blobs.put(Buffer.from('text'));
  utimesSync(blobPath(folder, name), new Date(0), new Date(0));
  expect(blobs.put(Buffer.from('text'))).toBe(name);
  expect(statSync(blobPath(folder, name)).mtimeMs).toBeGreaterThan(Date.now() - 60_000);
  writeFileSync(blobPath(folder, name), 'texT');
  expect(() => blobs.get(name)).toThrow(/damaged/);
  expect(blobs.get('../../key')).toBeNull();
  expect(blobs.put(Buffer.from('text'))).toBe(name);
  expect(blobs.get(name)?.toString()).toBe('text');
});

test('what a process left half written is gone at the next start', () => {
  writeFileSync(join(folder, 'partial-1-1'), 'half');
  createBlobStore(folder);
  expect(files()).toEqual([]);
});

test('a run whose payload is gone is handed out as one that can only fail, and stops no other', async () => {
  const runs = [newRun(big('d')), newRun(big('m')), newRun('healthy')];
  for (const run of runs) await substrate.start(run);
  const [damaged = '', missing = ''] = store.db.$client
    .prepare<[], string>("select substr(payload, 6, 64) from runs where payload like 'blob:%' order by id")
    .pluck()
    .all();
  writeFileSync(blobPath(folder, damaged), 'other');
  rmSync(blobPath(folder, missing));
  const leases = await substrate.claim(3);
  expect(leases.map(({ run, refused }) => [run.payload, refused?.message])).toEqual([
    [null, expect.stringMatching(/damaged on disk. Restore it from a backup/)],
    [null, expect.stringMatching(/missing from the data folder/)],
    ['healthy', undefined],
  ]);
});
