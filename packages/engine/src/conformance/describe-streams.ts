import { describe, expect, it } from 'vitest';
import type { DeadLetter, StreamProgress } from '../journal.ts';
import { LeaseLost, type Lease, type NewRun, type Substrate } from '../substrate.ts';

export interface StreamsUnderTest {
  substrate(): Substrate;
  /** A second substrate on the same store, opened as the next process would. */
  next(): Promise<Substrate>;
  newRun(extras?: Partial<NewRun>): NewRun;
  leased(run: NewRun): Promise<Lease>;
}

const progressAt = (batch: number, extras: Partial<StreamProgress> = {}): StreamProgress => ({
  stepKey: 'each',
  cursor: { offset: batch * 100 },
  batch,
  read: batch * 3,
  succeeded: batch * 3,
  failed: 0,
  skipped: 0,
  sinks: { out: batch * 10 },
  startedAt: 1,
  at: batch,
  activeMs: batch,
  recordsPerSecond: 3,
  restarts: 0,
  finished: false,
  ...extras,
});

const letter = (runId: string, index: number): DeadLetter => ({
  stepKey: 'each',
  batch: 0,
  index,
  originRunId: runId,
  record: { n: index, text: 'ü' },
  error: { kind: 'invalid_input', message: 'No.', stepKey: `each[0:${index}]/check`, ruleId: 'r1' },
  at: 5,
});

/** What every substrate promises loops over streams; part of its suite. */
export function describeStreams({ substrate, next, newRun, leased }: StreamsUnderTest): void {
  describe('streams', () => {
    const progressOf = async (runId: string, on = substrate()) => (await on.load(runId)).progress;

    it('keep one progress for each loop: the last that was committed, all of it', async () => {
      const run = newRun();
      const lease = await leased(run);
      await substrate().commit(lease, [], { progress: progressAt(1), deadLetters: [] });
      await substrate().commit(lease, [], {
        progress: progressAt(2, { amount: { unit: 'bytes', done: 200, total: 900 }, collected: [1, { a: null }] }),
        deadLetters: [],
      });
      await substrate().commit(lease, [], { progress: progressAt(1, { stepKey: 'outer[1]/each' }), deadLetters: [] });
      expect(await progressOf(run.runId)).toEqual([
        progressAt(2, { amount: { unit: 'bytes', done: 200, total: 900 }, collected: [1, { a: null }] }),
        progressAt(1, { stepKey: 'outer[1]/each' }),
      ]);
      const later = await next();
      expect(await progressOf(run.runId, later)).toHaveLength(2);
    });

    it('are committed together with entries, or not at all', async () => {
      const run = newRun();
      const lease = await leased(run);
      await substrate().commit(lease, [{ stepKey: 'each', attempt: 1, kind: 'started', at: 1 }], { progress: progressAt(1), deadLetters: [] });
      expect((await substrate().load(run.runId)).entries).toHaveLength(1);
      await substrate().cancel(run.runId, 9);
      await expect(substrate().commit(lease, [], { progress: progressAt(2), deadLetters: [letter(run.runId, 1)] })).rejects.toThrow(LeaseLost);
      expect(await progressOf(run.runId)).toEqual([progressAt(1)]);
      const again = newRun({ replayOf: run.runId, deadLetters: { runId: run.runId, stepKey: 'each' } });
      await substrate().start(again);
      expect(await substrate().deadLettersFor(again.runId, 0, 10)).toEqual([]);
    });

    it('give their open dead letters to the run that does them again, in its start, each once', async () => {
      const run = newRun();
      const lease = await leased(run);
      await substrate().commit(lease, [], { progress: progressAt(1), deadLetters: [letter(run.runId, 0), letter(run.runId, 2)] });
      await substrate().commit(lease, [], {
        progress: progressAt(2),
        deadLetters: [{ ...letter(run.runId, 4), batch: 1 }, { ...letter(run.runId, 9), stepKey: 'other' }],
      });
      await substrate().finish(lease, { status: 'succeeded', at: 9 }, []);
      const again = newRun({ replayOf: run.runId, effectsOf: run.runId, entries: [], deadLetters: { runId: run.runId, stepKey: 'each' } });
      await substrate().start(again);
      const [first, ...others] = await substrate().deadLettersFor(again.runId, 0, 2);
      expect([first, ...others].map((one) => ({ batch: one?.batch, index: one?.index }))).toEqual([{ batch: 0, index: 0 }, { batch: 0, index: 2 }]);
      expect(first).toEqual({ ...letter(run.runId, 0), id: first?.id });
      expect(await substrate().deadLettersFor(again.runId, others.at(-1)?.id ?? 0, 10)).toMatchObject([{ batch: 1, index: 4 }]);
      const twice = newRun({ replayOf: run.runId, deadLetters: { runId: run.runId, stepKey: 'each' } });
      await substrate().start(twice);
      expect(await substrate().deadLettersFor(twice.runId, 0, 10)).toEqual([]);
    });

    it('give over chosen dead letters only, and tell the run which it was started for', async () => {
      const run = newRun();
      const lease = await leased(run);
      await substrate().commit(lease, [], { progress: progressAt(1), deadLetters: [letter(run.runId, 0), letter(run.runId, 1)] });
      await substrate().finish(lease, { status: 'succeeded', at: 9 }, []);
      const all = newRun({ replayOf: run.runId, deadLetters: { runId: run.runId, stepKey: 'each' } });
      const none = newRun({ replayOf: run.runId, deadLetters: { runId: run.runId, stepKey: 'each', ids: [999_999] } });
      await substrate().start(none);
      expect(await substrate().deadLettersFor(none.runId, 0, 10)).toEqual([]);
      await substrate().start(all);
      expect(await substrate().deadLettersFor(all.runId, 0, 10)).toHaveLength(2);
      const leases = await substrate().claim(10);
      expect(leases.find((one) => one.run.runId === all.runId)?.run.deadLetters).toEqual(all.deadLetters);
    });

    it('that begin again lose the open letters of before', async () => {
      const run = newRun();
      const lease = await leased(run);
      await substrate().commit(lease, [], { progress: progressAt(1), deadLetters: [letter(run.runId, 0)] });
      await substrate().commit(lease, [], { progress: progressAt(1, { restarts: 1 }), deadLetters: [letter(run.runId, 1)], begunAgain: true });
      await substrate().finish(lease, { status: 'succeeded', at: 9 }, []);
      const again = newRun({ replayOf: run.runId, deadLetters: { runId: run.runId, stepKey: 'each' } });
      await substrate().start(again);
      expect(await substrate().deadLettersFor(again.runId, 0, 10)).toMatchObject([{ index: 1 }]);
    });
  });
}
