import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Substrate } from '../substrate.ts';
import type { SubstrateUnderTest } from './describe-substrate.ts';
import { claimed, createNewRun, leased } from './runs.ts';

/** What every substrate promises about rows that a caller commits together with a change. */
export function describeAlongside(make: () => Promise<SubstrateUnderTest>): void {
  describe('what is committed alongside', () => {
    let tested: SubstrateUnderTest;
    let substrate: Substrate;
    const newRun = createNewRun();
    const signal = { workspaceId: 'ws_1', name: 'paid', key: 'A1', payload: {}, at: 7 };
    const written = (row: string) => ({ alongside: tested.alongside(row) });

    beforeEach(async () => {
      tested = await make();
      substrate = tested.substrate;
      await substrate.open();
    });
    afterEach(() => tested.dispose());

    it('a start is there with it, and only for the call that starts the run', async () => {
      const run = newRun({ eventId: 'e' });
      await Promise.all([
        substrate.start(run, written('first')),
        substrate.start(run, written('again')),
        substrate.start(newRun({ eventId: 'e' }), written('same event')),
      ]);
      expect(await tested.rows()).toEqual(['first']);
      expect(await tested.statusOf(run.runId)).toBe('queued');
    });

    it('a start keeps its run from being handed out before they are stored', async () => {
      const run = newRun();
      expect(await substrate.start(run, { lease: true, ...written('audit') })).toEqual({ created: true, runId: run.runId });
      expect(await tested.rows()).toEqual(['audit']);
      expect((await claimed(substrate)).run.runId).toBe(run.runId);
    });

    it('a signal is there with it, and not with its repeat', async () => {
      const run = newRun();
      await substrate.park(await leased(substrate, run), [{ stepKey: 'wait', signals: [signal] }], []);
      expect(await substrate.signal(signal, written('first'))).toBe(true);
      expect(await substrate.signal(signal, written('again'))).toBe(false);
      expect(await tested.rows()).toEqual(['first']);
    });

    it('a cancelled run is there with it, in whatever state the run was, and not when it had ended', async () => {
      const [queued, fresh, parked] = [newRun(), newRun(), newRun()];
      await substrate.park(await leased(substrate, parked), [{ stepKey: 'wait', signals: [signal] }], []);
      await leased(substrate, fresh);
      await substrate.start(queued);
      for (const { runId } of [queued, fresh, parked]) {
        expect(await substrate.cancel(runId, 5, written(runId))).toBe(true);
        expect(await substrate.cancel(runId, 6, written(`${runId} again`))).toBe(false);
      }
      expect(await tested.rows()).toEqual([queued, fresh, parked].map(({ runId }) => runId));
    });

    it('and is refused by the store undoes the change', async () => {
      const [started, kept] = [newRun(), newRun()];
      await substrate.start(kept, written('taken'));
      await expect(substrate.start(started, written('taken'))).rejects.toThrow(refusal);
      expect(await tested.statusOf(started.runId)).toBeUndefined();
      await expect(substrate.cancel(kept.runId, 5, written('taken'))).rejects.toThrow(refusal);
      expect(await tested.statusOf(kept.runId)).toBe('queued');
      await expect(substrate.signal(signal, written('taken'))).rejects.toThrow(refusal);
      expect(await substrate.signal(signal, written('other'))).toBe(true);
      expect(await substrate.start(started, written('started'))).toMatchObject({ created: true });
      expect((await substrate.claim(10)).map(({ run }) => run.runId).toSorted()).toEqual([started.runId, kept.runId].toSorted());
      expect(substrate.counts()).toEqual({ queued: 0, running: 2 });
    });
  });
}

/** Each store in its own words. */
const refusal = /already|unique/i;
