import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalEntry, Outcome, Wait } from '../journal.ts';
import type { Lease, NewRun, Substrate } from '../substrate.ts';
import type { SubstrateUnderTest } from './describe-substrate.ts';
import { claimed, createNewRun, leased } from './runs.ts';

/** What every substrate promises of runs that call others. */
export function describeCalls(make: () => Promise<SubstrateUnderTest>): void {
  describe('a run that calls another one', () => {
    let tested: SubstrateUnderTest;
    let substrate: Substrate;
    const newRun = createNewRun();

    const childOf = (parent: NewRun): NewRun => newRun({ flowId: 'flow_2', payload: { body: 1 }, parent: { runId: parent.runId, stepKey: 'call' }, depth: 1 });
    const waitFor = (child: NewRun): Wait => ({ stepKey: 'call', signals: [{ name: 'run', key: child.runId }], child });
    /** A parked run and the one that it has called, claimed. */
    const called = async () => {
      const parent = newRun();
      const child = childOf(parent);
      expect(await substrate.park(await leased(substrate, parent), [waitFor(child)], [started])).toBe(true);
      return { parent, child, lease: await claimed(substrate) };
    };
    const takeEnd = async (lease: Lease, child: NewRun, on = substrate) => {
      const entries = await on.takeSignal(lease, waitFor(child), (signal) =>
        signal && [{ stepKey: 'call', attempt: 1, kind: 'succeeded', at: 9, output: signal.payload }]);
      return entries?.[0]?.output;
    };

    beforeEach(async () => {
      tested = await make();
      substrate = tested.substrate;
      await substrate.open();
    });
    afterEach(() => tested.dispose());

    it('starts it in the commit that parks, as it was given', async () => {
      const { parent, child, lease } = await called();
      expect(lease).toMatchObject({ run: child, resumed: false });
      expect(await tested.statusOf(parent.runId)).toBe('waiting');
      expect(await substrate.openChildren(parent.runId)).toEqual([child.runId]);
    });

    it.each<[Outcome, unknown]>([
      [{ status: 'succeeded', at: 5, answer: { status: 200, headers: {}, body: { score: 7 } } }, { status: 'succeeded', body: { score: 7 } }],
      [
        { status: 'failed', at: 5, error: { kind: 'upstream', message: 'Down.', stepKey: 'http' } },
        { status: 'failed', error: { kind: 'upstream', message: 'Down.' } },
      ],
      [{ status: 'skipped', at: 5 }, { status: 'skipped' }],
    ])('goes on in the commit that ends it, and is told %o', async (outcome, told) => {
      const { parent, child, lease } = await called();
      await substrate.finish(lease, outcome, []);
      expect(await tested.statusOf(parent.runId)).toBe('queued');
      expect(await substrate.openChildren(parent.runId)).toEqual([]);
      expect(await takeEnd(await claimed(substrate), child)).toEqual(told);
    });

    it('is told when somebody cancels it', async () => {
      const { child } = await called();
      await substrate.cancel(child.runId, 5);
      expect(await takeEnd(await claimed(substrate), child)).toEqual({ status: 'cancelled' });
    });

    it('starts it once, however often it is parked, and finds its end when that has come before', async () => {
      const { parent, child, lease } = await called();
      await substrate.signal({ workspaceId: 'ws_1', name: 'other', key: 'x', payload: null, at: 3 });
      const next = await tested.reopen();
      await next.open();
      const leases = await next.claim(5);
      expect(leases.map(({ run }) => run.runId)).toEqual([child.runId]);
      expect(lease.epoch).toBeLessThan(leases[0]!.epoch);
      await next.finish(leases[0]!, { status: 'succeeded', at: 5 }, []);
      const again = await claimed(next);
      expect(again.run.runId).toBe(parent.runId);
      expect(await next.park(again, [waitFor(child)], [])).toBe(false);
      expect(await takeEnd(await claimed(next), child, next)).toEqual({ status: 'succeeded' });
    });

    it('that is over is told nothing, and wakes nobody', async () => {
      const { parent, lease } = await called();
      await substrate.cancel(parent.runId, 4);
      await substrate.finish(lease, { status: 'succeeded', at: 5 }, []);
      expect(await tested.statusOf(parent.runId)).toBe('cancelled');
      expect(await substrate.claim(5)).toEqual([]);
    });
  });
}

const started: JournalEntry = { stepKey: 'call', attempt: 1, kind: 'started', at: 1 };
