import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Substrate } from '../substrate.ts';
import type { SubstrateUnderTest } from './describe-substrate.ts';
import { createNewRun } from './runs.ts';

/** What every substrate promises of runs that are started together with a cursor: no item is lost, none is taken twice. */
export function describeCursors(make: () => Promise<SubstrateUnderTest>): void {
  describe('a cursor', () => {
    let tested: SubstrateUnderTest;
    let substrate: Substrate;
    const newRun = createNewRun();

    const queued = async (on = substrate) => (await on.claim(100)).map(({ run }) => run.runId);

    beforeEach(async () => {
      tested = await make();
      substrate = tested.substrate;
      await substrate.open();
    });
    afterEach(() => tested.dispose());

    it('moves in the commit that queues the runs', async () => {
      expect(await substrate.cursor('poll')).toBeUndefined();
      const runs = [newRun({ eventId: 'a' }), newRun({ eventId: 'b' })];
      expect(await substrate.startTogether(runs, { name: 'poll', from: 0, to: { after: 2 } })).toBe(true);
      expect(await substrate.cursor('poll')).toEqual({ revision: 1, value: { after: 2 } });
      expect(await queued()).toEqual(runs.map(({ runId }) => runId));
    });

    it('moves once from where it was: who comes second starts nothing', async () => {
      const [first, second] = [newRun(), newRun()];
      const moved = await Promise.all([first, second].map((run) => substrate.startTogether([run], { name: 'poll', from: 0, to: run.runId })));
      expect(moved).toEqual([true, false]);
      expect(await queued()).toEqual([first.runId]);
      expect(await substrate.startTogether([], { name: 'poll', from: 1, to: 'further' })).toBe(true);
      expect(await substrate.startTogether([newRun()], { name: 'poll', from: 1, to: 'late' })).toBe(false);
      expect(await substrate.cursor('poll')).toEqual({ revision: 2, value: 'further' });
    });

    it('moves past an item that has started a run before, which starts no second one', async () => {
      const early = newRun({ eventId: 'a' });
      await substrate.start(early);
      const fresh = newRun({ eventId: 'b' });
      expect(await substrate.startTogether([newRun({ eventId: 'a' }), fresh], { name: 'poll', from: 0, to: 1 })).toBe(true);
      expect(await queued()).toEqual([early.runId, fresh.runId]);
    });

    it('knows the items of a run that was started for many', async () => {
      const run = newRun();
      await substrate.startTogether([run], { name: 'poll', from: 0, to: 1 }, ['a', 'b'].map((eventId) => ({ flowId: run.flowId, eventId, runId: run.runId })));
      expect(await substrate.seenEvents(run.flowId, ['a', 'b', 'c'])).toEqual(['a', 'b']);
      expect(await substrate.seenEvents('flow_2', ['a'])).toEqual([]);
    });

    it('is there for the next process, until it is dropped', async () => {
      await substrate.startTogether([], { name: 'poll', from: 0, to: { seen: ['x'] } });
      const next = await tested.reopen();
      await next.open();
      expect(await next.cursor('poll')).toEqual({ revision: 1, value: { seen: ['x'] } });
      await next.dropCursor('poll');
      expect(await next.cursor('poll')).toBeUndefined();
      expect(await next.startTogether([], { name: 'poll', from: 0, to: null })).toBe(true);
    });
  });
}
