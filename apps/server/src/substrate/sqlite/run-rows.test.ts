import type { JournalEntry, Lease } from '@weft/engine';
import type { Json } from '@weft/json-schema';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { temporaryStore } from '../../../test/temporary-store.ts';
import { newId } from '../../db/ids.ts';
import { createSqliteSubstrate } from './sqlite-substrate.ts';

/** What a run does next; `die` leaves the process's memory behind. */
const step = fc.constantFrom('commit' as const, 'commit' as const, 'refused' as const, 'die' as const);

test('a journal reads back as it was committed, wherever its parts stand, whatever they share, and whenever the process dies', async () => {
  const newRun = (payload: Json) => ({
    runId: newId('run'),
    workspaceId: 'ws_1',
    flowId: 'flow_1',
    versionId: 'ver_1',
    mode: 'live' as const,
    payload,
    createdAt: 1,
  });
  const values: Json[] = [{ order: 'A-1', lines: [1, 2] }, { text: 'ä “quoted” \\ ]' }, 'plain', null];
  const pool: Json[] = [...values, { body: values[0] ?? null, other: values[1] ?? null }];
  const entriesOf = fc.array(fc.record({ input: fc.nat(4), output: fc.nat(4) }), { maxLength: 3 });

  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(step, entriesOf), { maxLength: 5 }), entriesOf, fc.boolean(), async (steps, last, queued) => {
      const { db, dispose } = temporaryStore();
      const database = db.$client;
      let substrate = createSqliteSubstrate({ database });
      await substrate.open();
      const run = newRun(pool[0] ?? null);
      const started = await substrate.start(run, { lease: !queued });
      let lease = started.lease ?? (await substrate.claim(1))[0];
      const written: JournalEntry[] = [];
      const next = (picks: { input: number; output: number }[]): JournalEntry[] =>
        picks.map(({ input, output }, at) => ({
          stepKey: `step${written.length + at}`,
          attempt: 1,
          kind: 'succeeded',
          at: 1,
          input: pool[input],
          output: pool[output],
        }));
      const current = (): Lease => {
        if (!lease) throw new Error('The run was not handed out again.');
        return lease;
      };
      let stored = queued;
      let died = false;
      for (const [does, picks] of steps) {
        const entries = next(picks);
        if (does === 'die') {
          // A run that a process dies of twice has to wait: that is another story.
          if (!stored || died) continue;
          died = true;
          substrate = createSqliteSubstrate({ database });
          await substrate.open();
          [lease] = await substrate.claim(1);
        } else if (does === 'refused') {
          database.exec("create trigger full before insert on run_journal begin select raise(abort, 'full'); end");
          // Entries that need no row of the journal are kept all the same.
          const kept = await substrate.commit(current(), entries).then(() => true, () => false);
          database.exec('drop trigger full');
          if (kept) written.push(...entries);
          stored ||= kept;
        } else {
          await substrate.commit(current(), entries);
          written.push(...entries);
          stored = true;
        }
        // Before its first commit the store knows nothing of it, and nothing is written.
        expect((await substrate.load(run.runId)).entries).toEqual(written);
      }
      const entries = next(last);
      const answer = { status: 200, headers: {}, body: pool[1] };
      await substrate.finish(current(), { status: 'succeeded', at: 2, answer }, entries);
      expect((await substrate.load(run.runId)).entries).toEqual([...written, ...entries]);
      await substrate.close();
      dispose();
    }),
    { numRuns: 25 },
  );
});

test('a run whose commit is refused is not said to be stored until it is', async () => {
  const { db, dispose } = temporaryStore();
  const substrate = createSqliteSubstrate({ database: db.$client });
  await substrate.open();
  const run = { runId: newId('run'), workspaceId: 'ws_1', flowId: 'flow_1', versionId: 'ver_1', mode: 'live' as const, payload: null, createdAt: 1 };
  const { lease } = await substrate.start(run, { lease: true });
  if (!lease) throw new Error('The run was not handed out.');
  db.$client.exec("create trigger full before insert on runs begin select raise(abort, 'full'); end");
  const finish = () => substrate.finish(lease, { status: 'succeeded', at: 2 }, []);
  const [finished, stored] = await Promise.allSettled([finish(), substrate.stored(run.runId)]);
  expect([finished.status, stored]).toEqual(['rejected', { status: 'fulfilled', value: false }]);
  await expect(substrate.stored(run.runId)).rejects.toThrow('full');
  db.$client.exec('drop trigger full');
  expect(await substrate.stored(run.runId)).toBe(true);
  await finish();
  expect(db.$client.prepare('select status from runs where id = ?').pluck().get(run.runId)).toBe('succeeded');
  await substrate.close();
  dispose();
});
