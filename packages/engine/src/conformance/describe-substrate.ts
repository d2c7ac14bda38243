import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalEntry, RunStatus } from '../journal.ts';
import type { QueueRules } from '../queue/queue-rules.ts';
import { describeAlongside } from './describe-alongside.ts';
import { describeStreams } from './describe-streams.ts';
import { describeCursors } from './describe-cursors.ts';
import { describeCalls } from './describe-calls.ts';
import { describeQueue } from './describe-queue.ts';
import { describeRestart } from './describe-restart.ts';
import { type Alongside, LeaseLost, type Substrate } from '../substrate.ts';
import { describeWaits } from './describe-waits.ts';
import { claimed, createNewRun, entry, leased, succeeded } from './runs.ts';

/** One store and the ways to look at it that the suite needs; made anew for every test. */
export interface SubstrateUnderTest {
  /** Not opened yet. */
  substrate: Substrate;
  /** A second substrate on the same store, as the next process would make it; the first is still there, as a slow one would be. */
  reopen(): Promise<Substrate>;
  /** What the store says about a run; undefined where it has none. */
  statusOf(runId: string): Promise<RunStatus | undefined>;
  /** A row of the test's own, to be committed alongside; the store refuses one that is there already. */
  alongside(row: string): Alongside;
  /** Those rows that are there, in their order. */
  rows(): Promise<string[]>;
  dispose(): Promise<void>;
}

/** What every substrate promises the engine. A new substrate joins by one call in its own test file. */
export function describeSubstrate(name: string, make: (rules?: QueueRules) => Promise<SubstrateUnderTest>): void {
  describe(`the substrate ${name}`, () => {
    describeQueue(make);
    describeAlongside(make);

    let tested: SubstrateUnderTest;
    let substrate: Substrate;
    const newRun = createNewRun();

    const entriesOf = async (runId: string, on = substrate) => (await on.load(runId)).entries;

    beforeEach(async () => {
      tested = await make();
      substrate = tested.substrate;
      await substrate.open();
    });
    afterEach(() => tested.dispose());

    describe('starting', () => {
      it('queues a run once, however often the same run is started', async () => {
        const run = newRun();
        expect(await substrate.start(run)).toMatchObject({ created: true, runId: run.runId });
        expect(await substrate.start(run)).toMatchObject({ created: false, runId: run.runId });
        expect(await tested.statusOf(run.runId)).toBe('queued');
        expect(await substrate.claim(10)).toHaveLength(1);
      });

      it('starts one run for one event of a flow, and says which', async () => {
        const first = newRun({ eventId: 'delivery-1' });
        await substrate.start(first);
        expect(await substrate.start(newRun({ eventId: 'delivery-1' }))).toEqual({ created: false, runId: first.runId });
        expect(await substrate.start(newRun({ eventId: 'delivery-1', flowId: 'flow_2' }))).toMatchObject({ created: true });
        expect(await substrate.start(newRun({ eventId: 'delivery-2' }))).toMatchObject({ created: true });
      });

      it('remembers the event of a run that was leased at once', async () => {
        const first = newRun({ eventId: 'delivery-1' });
        const lease = await leased(substrate, first);
        await substrate.finish(lease, succeeded(2), []);
        expect(await substrate.start(newRun({ eventId: 'delivery-1' }), { lease: true })).toEqual({ created: false, runId: first.runId });
      });

      it('starts one run when the same event comes twice at the same moment', async () => {
        const both = await Promise.all([substrate.start(newRun({ eventId: 'e' })), substrate.start(newRun({ eventId: 'e' }))]);
        expect(both.filter(({ created }) => created)).toHaveLength(1);
        expect(both[0]?.runId).toBe(both[1]?.runId);
      });

      it('gives the lease at once to whoever asks, and the run to nobody else', async () => {
        const run = newRun();
        const lease = await leased(substrate, run);
        expect(lease).toMatchObject({ run, resumed: false });
        expect(await substrate.claim(10)).toEqual([]);
      });
    });

    describe('replaying', () => {
      it('begins with the entries of an earlier run, in the commit that starts it, and is handed out as resumed', async () => {
        const copied = [entry('trigger', { output: { n: 1 } }), entry('each[0]/stock', { output: { id: 7 }, port: 'next' })];
        const run = newRun({ replayOf: 'run_0000', replayFrom: 'each[1]/stock', effectsOf: 'run_0000' });
        expect(await substrate.start({ ...run, entries: copied }, { lease: true })).toEqual({ created: true, runId: run.runId });
        expect(await entriesOf(run.runId)).toEqual(copied);
        const lease = await claimed(substrate);
        expect(lease).toEqual({ run, epoch: lease.epoch, resumed: true });
        await substrate.finish(lease, succeeded(9), [entry('each[1]/stock')]);
        expect((await entriesOf(run.runId)).map(({ stepKey }) => stepKey)).toEqual(['trigger', 'each[0]/stock', 'each[1]/stock']);
      });

      it('from the very beginning copies nothing and is an ordinary run', async () => {
        const run = newRun({ replayOf: 'run_0000', replayFrom: 'trigger', effectsOf: 'run_0000' });
        await substrate.start({ ...run, entries: [] });
        expect((await claimed(substrate)).run).toEqual(run);
        expect(await entriesOf(run.runId)).toEqual([]);
      });
    });

    describe('claiming', () => {
      it('hands out the oldest runs first, as many as there are slots, each once', async () => {
        const runs = [newRun(), newRun(), newRun()];
        for (const run of runs) await substrate.start(run);
        expect((await substrate.claim(2)).map(({ run }) => run.runId)).toEqual([runs[0]?.runId, runs[1]?.runId]);
        expect((await substrate.claim(2)).map(({ run }) => run.runId)).toEqual([runs[2]?.runId]);
        expect(await substrate.claim(2)).toEqual([]);
      });

      it('gives the run as it was started, and says that it is fresh', async () => {
        const run = newRun({
          mode: 'test',
          until: 'http',
          eventId: 'e',
          traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
          parent: { runId: 'run_0000', stepKey: 'each[2]/call' },
          depth: 2,
          effectsOf: 'run_0',
        });
        await substrate.start(run);
        expect(await claimed(substrate)).toMatchObject({ run, resumed: false });
        expect(await tested.statusOf(run.runId)).toBe('running');
      });

      it('with no free slot gives nothing', async () => {
        await substrate.start(newRun());
        expect(await substrate.claim(0)).toEqual([]);
      });
    });

    describe('the journal', () => {
      it('keeps entries in the order of their commits, every field of them', async () => {
        const run = newRun();
        const lease = await leased(substrate, run);
        const first: JournalEntry[] = [
          entry('trigger', { output: run.payload }),
          { stepKey: 'http', attempt: 1, kind: 'started', at: 5, input: { url: 'https://example.com', body: [1, null, 'ü'] } },
        ];
        const second: JournalEntry[] = [
          { stepKey: 'http', attempt: 1, kind: 'failed', at: 6, retryAt: 99, error: { kind: 'upstream', message: 'Busy.', stepKey: 'http' } },
          entry('http', { attempt: 2, output: null, port: 'next', warnings: [{ message: 'changed', sentence: { code: 'run.warning.value' } }] }),
        ];
        const last = entry('each[3]/stock', { kind: 'skipped' });
        await substrate.commit(lease, first);
        await substrate.commit(lease, second);
        expect(await entriesOf(run.runId)).toEqual([...first, ...second]);
        await substrate.finish(lease, succeeded(9), [last]);
        expect(await entriesOf(run.runId)).toEqual([...first, ...second, last]);
      });

      it('keeps the order of commits that are handed in together', async () => {
        const run = newRun();
        const lease = await leased(substrate, run);
        const keys = Array.from({ length: 20 }, (_, at) => `s${at}`);
        await Promise.all(keys.map((stepKey) => substrate.commit(lease, [entry(stepKey)])));
        expect((await entriesOf(run.runId)).map(({ stepKey }) => stepKey)).toEqual(keys);
      });

      it('of a run that nobody knows is empty', async () => {
        expect(await entriesOf('run_nobody')).toEqual([]);
      });

      it('does not change when what was committed is changed afterwards by whoever loaded it', async () => {
        const run = newRun();
        const lease = await leased(substrate, run);
        await substrate.commit(lease, [entry('a')]);
        (await substrate.load(run.runId)).entries.push(entry('invented'));
        expect(await entriesOf(run.runId)).toHaveLength(1);
      });
    });

    describe('finishing', () => {
      it.each(['succeeded', 'failed', 'skipped', 'cancelled'] as const)('as %s is final: no write comes after it', async (status) => {
        const run = newRun();
        const lease = await leased(substrate, run);
        await substrate.finish(lease, { status, at: 5 }, [entry('last')]);
        expect(await tested.statusOf(run.runId)).toBe(status);
        await expect(substrate.commit(lease, [entry('late')])).rejects.toThrow(LeaseLost);
        await expect(substrate.finish(lease, { status: 'failed', at: 6 }, [])).rejects.toThrow(LeaseLost);
        expect(await substrate.cancel(run.runId, 7)).toBe(false);
        expect(await tested.statusOf(run.runId)).toBe(status);
        expect(await entriesOf(run.runId)).toHaveLength(1);
      });

      it('a run that was never committed before writes the run and its entries together', async () => {
        const run = newRun();
        await substrate.finish(await leased(substrate, run), { status: 'succeeded', at: 5, answer: { status: 200, headers: {}, body: { ok: true } } }, [
          entry('trigger'),
        ]);
        expect(await tested.statusOf(run.runId)).toBe('succeeded');
        expect(await entriesOf(run.runId)).toHaveLength(1);
      });

      it('one run does not disturb another in the same moment, even if one has lost its lease', async () => {
        const [lost, kept] = [newRun(), newRun()];
        const [lostLease, keptLease] = [await leased(substrate, lost), await leased(substrate, kept)];
        await substrate.cancel(lost.runId, 3);
        const [refused, accepted] = await Promise.allSettled([
          substrate.commit(lostLease, [entry('a')]),
          substrate.commit(keptLease, [entry('b')]),
        ]);
        expect(refused).toMatchObject({ status: 'rejected', reason: expect.any(LeaseLost) as LeaseLost });
        expect(accepted.status).toBe('fulfilled');
        expect(await entriesOf(lost.runId)).toEqual([]);
      });
    });

    describe('a run whose answer takes long', () => {
      it('is stored on asking before its first commit, and goes on to its end', async () => {
        const run = newRun();
        const lease = await leased(substrate, run);
        expect(await tested.statusOf(run.runId)).toBeUndefined();
        expect(await substrate.stored(run.runId)).toBe(true);
        expect(await tested.statusOf(run.runId)).toBe('running');
        await substrate.commit(lease, [entry('a')]);
        await substrate.finish(lease, succeeded(5), [entry('b')]);
        expect(await substrate.stored(run.runId)).toBe(true);
        expect((await entriesOf(run.runId)).map(({ stepKey }) => stepKey)).toEqual(['a', 'b']);
      });

      it('is not said to be stored when it is not', async () => {
        expect(await substrate.stored(newRun().runId)).toBe(false);
      });
    });

    describe('giving a run back', () => {
      it('queues it as it is stored, to be handed out as resumed, and ends the lease', async () => {
        const run = newRun({ key: 'k' });
        const lease = await leased(substrate, run);
        await substrate.commit(lease, [entry('a')]);
        await substrate.giveBack(lease);
        expect(await tested.statusOf(run.runId)).toBe('queued');
        await expect(substrate.commit(lease, [entry('b')])).rejects.toThrow(LeaseLost);
        expect(await substrate.claim(10)).toMatchObject([{ run: { runId: run.runId }, resumed: true }]);
        expect((await entriesOf(run.runId)).map(({ stepKey }) => stepKey)).toEqual(['a']);
        expect(substrate.counts()).toEqual({ queued: 0, running: 1 });
      });

      it('does nothing to one that has ended', async () => {
        const run = newRun();
        const lease = await leased(substrate, run);
        await substrate.finish(lease, succeeded(5), []);
        await substrate.giveBack(lease);
        expect(await tested.statusOf(run.runId)).toBe('succeeded');
        expect(substrate.counts()).toEqual({ queued: 0, running: 0 });
      });

      it('is also what a regular end does with those in progress', async () => {
        const run = newRun();
        await substrate.commit(await leased(substrate, run), [entry('a')]);
        await substrate.close();
        const next = await tested.reopen();
        await next.open();
        expect(await next.claim(10)).toMatchObject([{ run: { runId: run.runId }, resumed: true }]);
      });
    });

    describe('cancelling', () => {
      it('a queued run takes it out of the queue', async () => {
        const run = newRun();
        await substrate.start(run);
        expect(await substrate.cancel(run.runId, 5)).toBe(true);
        expect(await tested.statusOf(run.runId)).toBe('cancelled');
        expect(await substrate.claim(1)).toEqual([]);
        expect(await substrate.cancel(run.runId, 6)).toBe(false);
      });

      it('a running run takes its lease away and keeps what was committed', async () => {
        const run = newRun();
        const lease = await leased(substrate, run);
        await substrate.commit(lease, [entry('a')]);
        expect(await substrate.cancel(run.runId, 5)).toBe(true);
        await expect(substrate.commit(lease, [entry('b')])).rejects.toThrow(LeaseLost);
        await expect(substrate.finish(lease, succeeded(6), [])).rejects.toThrow(LeaseLost);
        expect(await tested.statusOf(run.runId)).toBe('cancelled');
        expect((await entriesOf(run.runId)).map(({ stepKey }) => stepKey)).toEqual(['a']);
      });

      it('a run that was leased and not yet committed leaves a cancelled run', async () => {
        const run = newRun();
        const lease = await leased(substrate, run);
        expect(await substrate.cancel(run.runId, 5)).toBe(true);
        await expect(substrate.finish(lease, succeeded(6), [])).rejects.toThrow(LeaseLost);
        expect(await tested.statusOf(run.runId)).toBe('cancelled');
      });

      it('a run that nobody knows does nothing', async () => {
        expect(await substrate.cancel('run_nobody', 5)).toBe(false);
      });
    });

    describeWaits(make);
    describeCalls(make);
    describeRestart(make);
    describeCursors(make);
    describeStreams({
      substrate: () => substrate,
      next: async () => {
        const later = await tested.reopen();
        await later.open();
        return later;
      },
      newRun,
      leased: (run) => leased(substrate, run),
    });
  });
}
