import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LeaseLost, type Substrate } from '../substrate.ts';
import type { SubstrateUnderTest } from './describe-substrate.ts';
import { claimed, createNewRun, entry, leased, succeeded } from './runs.ts';

/** What every substrate promises the next process, and of the one before. */
export function describeRestart(make: () => Promise<SubstrateUnderTest>): void {
  describe('after a restart', () => {
    let tested: SubstrateUnderTest;
    let substrate: Substrate;
    const newRun = createNewRun();
    const stepsOf = async (runId: string, on: Substrate) => (await on.load(runId)).entries.map(({ stepKey }) => stepKey);

    beforeEach(async () => {
      tested = await make();
      substrate = tested.substrate;
      await substrate.open();
    });
    afterEach(() => tested.dispose());

    it('a run that was running is handed out again, with its journal, as resumed', async () => {
      const run = newRun();
      await substrate.commit(await leased(substrate, run), [entry('trigger'), entry('http', { output: { id: 7 } })]);
      const next = await tested.reopen();
      await next.open();
      const lease = await claimed(next);
      expect(lease).toMatchObject({ run, resumed: true });
      expect(await stepsOf(run.runId, next)).toEqual(['trigger', 'http']);
      await next.finish(lease, succeeded(9), []);
      expect(await tested.statusOf(run.runId)).toBe('succeeded');
    });

    it('the process before can no longer write, even while its run waits for the next one', async () => {
      const run = newRun();
      const old = await leased(substrate, run);
      await substrate.commit(old, [entry('a')]);
      const next = await tested.reopen();
      await next.open();
      await expect(substrate.commit(old, [entry('b')])).rejects.toThrow(LeaseLost);
      const lease = await claimed(next);
      await expect(substrate.finish(old, succeeded(5), [entry('c')])).rejects.toThrow(LeaseLost);
      await next.commit(lease, [entry('d')]);
      expect(await stepsOf(run.runId, next)).toEqual(['a', 'd']);
    });

    it('queued runs are still queued, finished ones stay finished, and events are remembered', async () => {
      const [queued, done] = [newRun({ eventId: 'q' }), newRun({ eventId: 'd' })];
      await substrate.start(queued);
      await substrate.finish(await leased(substrate, done), succeeded(5), []);
      const next = await tested.reopen();
      await next.open();
      expect((await next.claim(10)).map(({ run, resumed }) => ({ run, resumed }))).toEqual([{ run: queued, resumed: false }]);
      expect(await tested.statusOf(done.runId)).toBe('succeeded');
      expect(await next.start(newRun({ eventId: 'd' }))).toEqual({ created: false, runId: done.runId });
    });
  });
}
