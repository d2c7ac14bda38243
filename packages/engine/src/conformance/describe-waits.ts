import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalEntry, Wait } from '../journal.ts';
import { LeaseLost, type Lease, type NewRun, type Signal, type Substrate, type TakenSignal } from '../substrate.ts';
import type { SubstrateUnderTest } from './describe-substrate.ts';
import { claimed, createNewRun, leased } from './runs.ts';

/** What every substrate promises of parked runs, their signals and their timers. */
export function describeWaits(make: () => Promise<SubstrateUnderTest>): void {
  describe('a parked run', () => {
    let tested: SubstrateUnderTest;
    let substrate: Substrate;
    const newRun = createNewRun();

    /** A run that waits for this. */
    const parked = async (...waits: Wait[]): Promise<NewRun> => {
      const run = newRun();
      expect(await substrate.park(await leased(substrate, run), waits, [started('wait')])).toBe(true);
      return run;
    };
    const signal = (changes: Partial<Signal> = {}, on = substrate) =>
      on.signal({ workspaceId: 'ws_1', name: 'paid', key: 'A1', payload: { amount: 5 }, at: 7, ...changes });
    const take = (lease: Lease, wait: Wait, on = substrate) => on.takeSignal(lease, wait, (taken) => taken && [ended(wait.stepKey, taken)]);
    const outputsOf = async (runId: string, on = substrate) => (await on.load(runId)).entries.flatMap(({ output }) => (output === undefined ? [] : [output]));

    beforeEach(async () => {
      tested = await make();
      substrate = tested.substrate;
      await substrate.open();
    });
    afterEach(() => tested.dispose());

    it('is in nobody’s hands: no claim gives it out, and its old lease writes nothing', async () => {
      const run = newRun();
      const lease = await leased(substrate, run);
      await substrate.commit(lease, [started('before')]);
      expect(await substrate.park(lease, [forPayment()], [started('wait')])).toBe(true);
      expect(await tested.statusOf(run.runId)).toBe('waiting');
      expect(await substrate.claim(10)).toEqual([]);
      await expect(substrate.commit(lease, [started('late')])).rejects.toThrow(LeaseLost);
      await expect(substrate.park(lease, [forPayment()], [])).rejects.toThrow(LeaseLost);
      await expect(substrate.finish(lease, { status: 'succeeded', at: 9 }, [])).rejects.toThrow(LeaseLost);
      await expect(take(lease, forPayment())).rejects.toThrow(LeaseLost);
      expect((await substrate.load(run.runId)).entries.map(({ stepKey }) => stepKey)).toEqual(['before', 'wait']);
    });

    it('goes on when its signal comes, with what the signal brings, once', async () => {
      const run = await parked(forPayment());
      expect(await signal()).toBe(true);
      expect(await tested.statusOf(run.runId)).toBe('queued');
      const lease = await claimed(substrate);
      expect(lease).toMatchObject({ run, resumed: true });
      expect(await take(lease, forPayment())).toMatchObject([{ stepKey: 'wait', output: { amount: 5 } }]);
      expect(await take(lease, forPayment())).toBeUndefined();
      expect(await outputsOf(run.runId)).toEqual([{ amount: 5 }]);
    });

    it('takes a signal that came before the wait', async () => {
      expect(await signal()).toBe(true);
      const run = newRun();
      expect(await substrate.park(await leased(substrate, run), [forPayment()], [started('wait')])).toBe(false);
      expect(await tested.statusOf(run.runId)).toBe('queued');
      expect(await take(await claimed(substrate), forPayment())).toHaveLength(1);
    });

    it('hears a signal that comes while it still runs', async () => {
      const run = newRun();
      const lease = await leased(substrate, run);
      await substrate.commit(lease, [started('before')]);
      await signal();
      expect(await substrate.park(lease, [forPayment()], [])).toBe(false);
      expect(await tested.statusOf(run.runId)).toBe('queued');
    });

    it('is not moved by the signal of another key, name or workspace', async () => {
      const run = await parked(forPayment());
      for (const other of [{ key: 'A2' }, { name: 'shipped' }, { workspaceId: 'ws_2' }]) expect(await signal(other)).toBe(true);
      expect(await tested.statusOf(run.runId)).toBe('waiting');
    });

    it('goes on once, however often its signal comes', async () => {
      await parked(forPayment());
      expect(await signal()).toBe(true);
      expect(await signal()).toBe(false);
      expect(await take(await claimed(substrate), forPayment())).toHaveLength(1);
      const next = await parked(forPayment());
      expect(await tested.statusOf(next.runId)).toBe('waiting');
    });

    it('is not moved by a repeat of what an earlier one took, where the sender gives an id', async () => {
      await parked(forPayment());
      await signal({ eventId: 'e1' });
      await take(await claimed(substrate), forPayment());
      expect(await signal({ eventId: 'e1' })).toBe(false);
      const next = await parked(forPayment());
      expect(await tested.statusOf(next.runId)).toBe('waiting');
      expect(await signal({ eventId: 'e2' })).toBe(true);
      expect(await tested.statusOf(next.runId)).toBe('queued');
    });

    it('shares a key with another: each signal moves one of them, the one that has waited longest first', async () => {
      const [first, second] = [await parked(forPayment()), await parked(forPayment())];
      expect(await signal({ payload: 1 })).toBe(true);
      expect([await tested.statusOf(first.runId), await tested.statusOf(second.runId)]).toEqual(['queued', 'waiting']);
      expect(await signal({ payload: 2 })).toBe(true);
      expect(await signal({ payload: 3 })).toBe(false);
      const leases = await substrate.claim(2);
      for (const lease of leases) expect(await take(lease, forPayment())).toHaveLength(1);
      expect([await outputsOf(first.runId), await outputsOf(second.runId)]).toEqual([[1], [2]]);
    });

    it('gets the signal of one that was cancelled before it could take it', async () => {
      const [first, second] = [await parked(forPayment()), await parked(forPayment())];
      await signal();
      await substrate.cancel(first.runId, 8);
      expect(await tested.statusOf(second.runId)).toBe('queued');
      expect(await take(await claimed(substrate), forPayment())).toHaveLength(1);
    });

    it('may wait at several places at once; each has its own end', async () => {
      const [one, two] = [forPayment('one', 'A1'), forPayment('each[3]/two', 'A2')];
      const run = await parked(one, two);
      await signal({ key: 'A2', payload: 'second' });
      const lease = await claimed(substrate);
      expect(await take(lease, one)).toBeUndefined();
      expect(await take(lease, two)).toHaveLength(1);
      expect(await substrate.park(lease, [one], [])).toBe(true);
      await signal({ key: 'A1', payload: 'first' });
      expect(await take(await claimed(substrate), one)).toHaveLength(1);
      expect(await outputsOf(run.runId)).toEqual(['second', 'first']);
    });

    it('takes the signal of the first address that has one', async () => {
      const wait: Wait = { stepKey: 'wait', signals: [{ name: 'paid', key: 'A1' }, { name: 'skip', key: 'x' }] };
      await parked(wait);
      await signal({ name: 'skip', key: 'x', payload: 'by hand' });
      expect(await substrate.takeSignal(await claimed(substrate), wait, (taken) => taken && [ended('wait', taken)])).toMatchObject([{ output: 'by hand' }]);
    });

    it('wakes when its time has come, not before, and says when that is', async () => {
      const [late, early] = [await parked(until(500)), await parked(until(200), forPayment('other', 'A9'))];
      expect(await substrate.wake(100)).toBe(200);
      expect(await tested.statusOf(early.runId)).toBe('waiting');
      expect(await substrate.wake(200)).toBe(500);
      expect([await tested.statusOf(early.runId), await tested.statusOf(late.runId)]).toEqual(['queued', 'waiting']);
      expect(await substrate.wake(10_000)).toBeUndefined();
      expect(await tested.statusOf(late.runId)).toBe('queued');
    });

    it('of a signal and a time-out gets one: what is committed first', async () => {
      const wait = { ...forPayment(), until: 50 };
      const timeOut = (lease: Lease) =>
        substrate.takeSignal(lease, wait, (taken) => [taken ? ended('wait', taken) : { ...started('wait'), kind: 'succeeded', output: 'too late' }]);
      const heard = await parked(wait);
      await substrate.wake(60);
      await signal();
      await timeOut(await claimed(substrate));
      expect(await outputsOf(heard.runId)).toEqual([{ amount: 5 }]);
      const unheard = await parked(wait);
      await substrate.wake(60);
      await timeOut(await claimed(substrate));
      expect(await signal()).toBe(true);
      expect(await outputsOf(unheard.runId)).toEqual(['too late']);
    });

    it('keeps its signal when the end of the wait is put off', async () => {
      const run = await parked(forPayment());
      await signal();
      const lease = await claimed(substrate);
      expect(await substrate.takeSignal(lease, forPayment(), () => undefined)).toBeUndefined();
      expect(await take(lease, forPayment())).toHaveLength(1);
      expect(await outputsOf(run.runId)).toEqual([{ amount: 5 }]);
    });

    it('can be cancelled, and then nothing moves it', async () => {
      const run = await parked({ ...forPayment(), until: 50 });
      expect(await substrate.cancel(run.runId, 8)).toBe(true);
      expect(await tested.statusOf(run.runId)).toBe('cancelled');
      expect(await substrate.wake(100)).toBeUndefined();
      await signal();
      expect(await substrate.claim(10)).toEqual([]);
      expect(await substrate.cancel(run.runId, 9)).toBe(false);
    });

    it('is still parked after a restart, and hears its signal and its timer then', async () => {
      const [one, other] = [await parked(forPayment()), await parked(until(50))];
      const next = await tested.reopen();
      await next.open();
      expect([await tested.statusOf(one.runId), await tested.statusOf(other.runId)]).toEqual(['waiting', 'waiting']);
      expect(await next.claim(10)).toEqual([]);
      await signal({}, next);
      await next.wake(1_000);
      const leases = await next.claim(10);
      expect(leases.map(({ run }) => run.runId)).toEqual([one.runId, other.runId]);
      expect(await take(leases[0]!, forPayment(), next)).toHaveLength(1);
    });

    it('finds a signal after a restart that came before it', async () => {
      await signal();
      const next = await tested.reopen();
      await next.open();
      substrate = next;
      expect(await substrate.park(await leased(substrate, newRun()), [forPayment()], [])).toBe(false);
      expect(await take(await claimed(substrate), forPayment())).toHaveLength(1);
    });

    it('that was taken over leaves its signal to the one who took it over', async () => {
      const run = await parked(forPayment());
      await signal();
      const old = await claimed(substrate);
      const next = await tested.reopen();
      await next.open();
      await expect(take(old, forPayment())).rejects.toThrow(LeaseLost);
      expect(await take(await claimed(next), forPayment(), next)).toHaveLength(1);
      expect(await outputsOf(run.runId, next)).toEqual([{ amount: 5 }]);
    });
  });
}

const forPayment = (stepKey = 'wait', key = 'A1'): Wait => ({ stepKey, signals: [{ name: 'paid', key }] });
const until = (at: number): Wait => ({ stepKey: 'wait', until: at, signals: [] });
const started = (stepKey: string): JournalEntry => ({ stepKey, attempt: 1, kind: 'started', at: 1 });
const ended = (stepKey: string, { payload }: TakenSignal): JournalEntry => ({ stepKey, attempt: 1, kind: 'succeeded', at: 2, output: payload });
