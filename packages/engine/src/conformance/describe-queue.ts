import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { QueueFull, type QueueReason, type QueueRules } from '../queue/queue-rules.ts';
import type { Lease, NewRun, Substrate } from '../substrate.ts';
import type { SubstrateUnderTest } from './describe-substrate.ts';
import { createNewRun } from './runs.ts';

/** Who may begin when: limits, keys, holds, bounds and fairness. A part of `describeSubstrate`. */
export function describeQueue(make: (rules?: QueueRules) => Promise<SubstrateUnderTest>): void {
  describe('the queue', () => {
    const made: SubstrateUnderTest[] = [];
    const newRun = createNewRun();
    /** Changed by a test while the substrate asks. */
    let hold: QueueReason | undefined;

    const open = async (rules: QueueRules): Promise<{ tested: SubstrateUnderTest; substrate: Substrate }> => {
      const tested = await make(rules);
      made.push(tested);
      await tested.substrate.open();
      return { tested, substrate: tested.substrate };
    };
    const ids = (leases: Lease[]) => leases.map(({ run }) => run.runId);
    const end = (substrate: Substrate, lease: Lease) => substrate.finish(lease, { status: 'succeeded', at: 9 }, []);

    beforeEach(() => {
      hold = undefined;
    });
    afterEach(async () => {
      for (const tested of made.splice(0)) await tested.dispose();
    });

    it('begins no more runs of a flow than its limit, and the next one when one has ended', async () => {
      const { substrate } = await open({ limitOf: () => 2 });
      const runs = [newRun(), newRun(), newRun()];
      for (const run of runs) await substrate.start(run);
      const first = await substrate.claim(10);
      expect(ids(first)).toEqual([runs[0]?.runId, runs[1]?.runId]);
      expect(substrate.mayClaim()).toBe(false);
      expect(await substrate.whyQueued(runs.map(({ runId }) => runId))).toEqual({ [runs[2]!.runId]: { kind: 'limit', limit: 2 } });
      await end(substrate, first[0]!);
      expect(substrate.mayClaim()).toBe(true);
      expect(ids(await substrate.claim(10))).toEqual([runs[2]?.runId]);
    });

    it('queues a run that asks for its lease when its flow is at its limit, and says why', async () => {
      const { tested, substrate } = await open({ limitOf: () => 1 });
      const { lease } = await substrate.start(newRun(), { lease: true });
      const second = newRun();
      expect(await substrate.start(second, { lease: true })).toEqual({ created: true, runId: second.runId, waits: { kind: 'limit', limit: 1 } });
      expect(await tested.statusOf(second.runId)).toBe('queued');
      await end(substrate, lease!);
      expect(ids(await substrate.claim(10))).toEqual([second.runId]);
    });

    it('gives a cancelled run’s place to the next', async () => {
      const { substrate } = await open({ limitOf: () => 1 });
      const [first, second] = [newRun(), newRun()];
      await substrate.start(first);
      await substrate.start(second);
      await substrate.claim(10);
      await substrate.cancel(first.runId, 5);
      expect(ids(await substrate.claim(10))).toEqual([second.runId]);
    });

    it('runs one after another what has the same key, and does not keep others waiting for it', async () => {
      const { substrate } = await open({});
      const [a1, a2, b1, none] = [newRun({ key: 'a' }), newRun({ key: 'a' }), newRun({ key: 'b' }), newRun()];
      for (const run of [a1, a2, b1, none]) await substrate.start(run);
      const elsewhere = newRun({ key: 'a', flowId: 'flow_2' });
      await substrate.start(elsewhere);
      const begun = await substrate.claim(10);
      expect(ids(begun).toSorted()).toEqual([a1, b1, none, elsewhere].map(({ runId }) => runId));
      expect(await substrate.whyQueued([a2.runId])).toEqual({ [a2.runId]: { kind: 'key', runId: a1.runId } });
      await end(substrate, begun.find(({ run }) => run.runId === a1.runId)!);
      expect(ids(await substrate.claim(10))).toEqual([a2.runId]);
    });

    it('keeps a key while its run is parked', async () => {
      const { substrate } = await open({});
      const [first, second] = [newRun({ key: 'a' }), newRun({ key: 'a' })];
      await substrate.start(first);
      await substrate.start(second);
      const [lease] = await substrate.claim(10);
      await substrate.park(lease!, [{ stepKey: 'wait', until: 100, signals: [] }], []);
      expect(await substrate.claim(10)).toEqual([]);
      await substrate.wake(100);
      const [again] = await substrate.claim(10);
      expect(again?.run.runId).toBe(first.runId);
      await end(substrate, again!);
      expect(ids(await substrate.claim(10))).toEqual([second.runId]);
    });

    it('keeps a key while its run is queued again at once, because what it waits for has come before', async () => {
      const { substrate } = await open({});
      const [first, second] = [newRun({ key: 'a' }), newRun({ key: 'a' })];
      await substrate.signal({ workspaceId: 'ws_1', name: 'step:s', key: 'k', payload: 1, at: Date.now() });
      const { lease } = await substrate.start(first, { lease: true });
      expect(await substrate.park(lease!, [{ stepKey: 's', signals: [{ name: 'step:s', key: 'k' }] }], [])).toBe(false);
      expect(await substrate.start(second)).toMatchObject({ waits: { kind: 'key', runId: first.runId } });
      expect(ids(await substrate.claim(10))).toEqual([first.runId]);
    });

    it('gives the place of a parked run to another', async () => {
      const { substrate } = await open({ limitOf: () => 1 });
      const [first, second] = [newRun(), newRun()];
      await substrate.start(first);
      await substrate.start(second);
      const [lease] = await substrate.claim(10);
      await substrate.park(lease!, [{ stepKey: 'wait', until: 100, signals: [] }], []);
      expect(ids(await substrate.claim(10))).toEqual([second.runId]);
      await substrate.wake(100);
      expect(await substrate.whyQueued([first.runId])).toEqual({ [first.runId]: { kind: 'limit', limit: 1 } });
    });

    it('gives nothing of what is held, however much waits there, and all of it in order afterwards', async () => {
      const { substrate } = await open({ holdOn: ({ flowId }) => (flowId === 'flow_1' ? hold : undefined) });
      hold = { kind: 'paused' };
      const runs = Array.from({ length: 20 }, () => newRun());
      for (const run of runs) expect(await substrate.start(run)).toMatchObject({ created: true, waits: { kind: 'paused' } });
      const other = newRun({ flowId: 'flow_2' });
      await substrate.start(other);
      expect(ids(await substrate.claim(10))).toEqual([other.runId]);
      expect(await substrate.start(newRun(), { lease: true })).not.toHaveProperty('lease');
      expect(substrate.counts()).toEqual({ queued: 21, running: 1 });
      hold = undefined;
      expect(ids(await substrate.claim(20))).toEqual(runs.map(({ runId }) => runId));
    });

    it('gives a quiet workspace its turn although another has a long queue', async () => {
      const { substrate } = await open({ perWorkspace: () => 3 });
      for (let i = 0; i < 30; i += 1) await substrate.start(newRun({ flowId: 'flow_busy' }));
      expect(await substrate.claim(10)).toHaveLength(3);
      const quiet = newRun({ workspaceId: 'ws_2', flowId: 'flow_quiet' });
      await substrate.start(quiet);
      expect(ids(await substrate.claim(10))).toEqual([quiet.runId]);
    });

    it('refuses a run beyond its bounds and stores nothing of it, but knows a repeated event', async () => {
      const { tested, substrate } = await open({ bounds: () => ({ perFlow: 2, inAll: 3 }) });
      const first = newRun({ eventId: 'one' });
      await substrate.start(first);
      await substrate.start(newRun());
      const refused = newRun({ eventId: 'two' });
      await expect(substrate.start(refused)).rejects.toThrow(QueueFull);
      expect(await tested.statusOf(refused.runId)).toBeUndefined();
      expect(await substrate.start(newRun({ eventId: 'one' }))).toEqual({ created: false, runId: first.runId });
      expect(await substrate.start(newRun({ mode: 'test' }))).toMatchObject({ created: true });
      await substrate.claim(10);
      expect(await substrate.start(refused)).toMatchObject({ created: true });
    });

    it('says of a run that only a place is missing', async () => {
      const { substrate } = await open({});
      const run = newRun();
      await substrate.start(run);
      expect(await substrate.whyQueued([run.runId, 'run_nobody'])).toEqual({ [run.runId]: { kind: 'places' } });
    });

    it('never gives more calls than a limit allows, nor after a restart', async () => {
      const { tested, substrate } = await open({});
      const limit = { calls: 10, perMs: 1_000 };
      const waits: number[] = [];
      for (let call = 0; call < 15; call += 1) waits.push(await substrate.take('a', limit, 5_000));
      expect(waits[0]).toBe(0);
      expect(waits).toEqual(waits.toSorted((a, b) => a - b));
      expect(waits[10]).toBeGreaterThanOrEqual(1_000);
      expect(await substrate.take('b', limit, 5_000)).toBe(0);
      const next = await tested.reopen();
      await next.open();
      expect(await next.take('a', limit, 5_000)).toBeGreaterThanOrEqual(waits[14] ?? 0);
      expect(await next.take('a', limit, 60_000)).toBe(0);
    });

    it('counts and orders the same after a restart', async () => {
      const { tested, substrate } = await open({ limitOf: () => 1 });
      const runs = [newRun({ key: 'a' }), newRun({ key: 'a' }), newRun({ key: 'b' })];
      for (const run of runs) await substrate.start(run);
      await substrate.claim(1);
      const next = await tested.reopen();
      await next.open();
      expect(next.counts()).toEqual({ queued: 3, running: 0 });
      const order: string[] = [];
      for (let [lease] = await next.claim(5); lease; [lease] = await next.claim(5)) {
        order.push(lease.run.runId);
        await end(next, lease);
      }
      expect(order).toEqual(runs.map(({ runId }) => runId));
    });

    it('never has two runs of one key in progress, and begins them in the order of their coming, whatever happens', async () => {
      const action = fc.oneof(
        fc.record({ does: fc.constant('start' as const), key: fc.constantFrom('a', 'b', 'c'), lease: fc.boolean() }),
        fc.record({ does: fc.constant('claim' as const), places: fc.integer({ min: 1, max: 3 }) }),
        fc.record({ does: fc.constantFrom('finish' as const, 'park' as const), at: fc.nat(9) }),
        fc.record({ does: fc.constant('cancel' as const), at: fc.nat(30) }),
        fc.record({ does: fc.constantFrom('wake' as const, 'restart' as const) }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(action, { maxLength: 40 }), async (actions) => {
          const { tested, substrate: before } = await open({ limitOf: () => 2 });
          let substrate = before;
          let inProgress: Lease[] = [];
          const started: NewRun[] = [];
          const begun = new Map<string, string[]>();
          const take = (leases: Lease[]) => {
            for (const lease of leases) {
              const { key = '', runId } = lease.run;
              expect(inProgress.some(({ run }) => run.key === key)).toBe(false);
              inProgress.push(lease);
              const order = begun.get(key) ?? [];
              if (!order.includes(runId)) begun.set(key, [...order, runId]);
            }
            expect(inProgress.length).toBeLessThanOrEqual(2);
          };
          for (const step of actions) {
            if (step.does === 'start') {
              const run = newRun({ key: step.key });
              started.push(run);
              const { lease } = await substrate.start(run, { lease: step.lease });
              // What is only buffered would be gone after a restart: that is another test's matter.
              if (lease) await substrate.commit(lease, []);
              take(lease ? [lease] : []);
            } else if (step.does === 'claim') take(await substrate.claim(step.places));
            else if (step.does === 'finish' || step.does === 'park') {
              const [lease] = inProgress.splice(step.at % Math.max(1, inProgress.length), 1);
              if (lease && step.does === 'finish') await end(substrate, lease);
              else if (lease) await substrate.park(lease, [{ stepKey: 'w', until: 50, signals: [] }], []);
            } else if (step.does === 'cancel') {
              const run = started[step.at % Math.max(1, started.length)];
              if (run) await substrate.cancel(run.runId, 60);
              inProgress = inProgress.filter((lease) => lease.run.runId !== run?.runId);
            } else if (step.does === 'wake') await substrate.wake(50);
            else {
              substrate = await tested.reopen();
              await substrate.open();
              inProgress = [];
            }
          }
          // Nothing is forgotten: all that was not cancelled ends.
          await substrate.wake(50);
          for (let more = true; more; ) {
            for (const lease of inProgress.splice(0)) await end(substrate, lease);
            const leases = await substrate.claim(5);
            take(leases);
            more = leases.length > 0;
          }
          expect(substrate.counts()).toEqual({ queued: 0, running: 0 });
          for (const order of begun.values()) expect(order).toEqual(order.toSorted());
          for (const { runId } of started) expect(['succeeded', 'cancelled']).toContain(await tested.statusOf(runId));
          await tested.dispose();
          made.splice(made.indexOf(tested), 1);
        }),
        { numRuns: 40 },
      );
    });
  });
}
