import type { FlowDocument } from '@weft/flow';
import type { Json } from '@weft/json-schema';
import { expect, onTestFinished } from 'vitest';
import { benchOf, type BenchOptions } from './workshop.ts';

export const startedAt = Date.parse('2026-03-01T10:00:00.000Z');

/** For runs that wait: a bench whose clock is set by hand, and which is stopped at the end of the test. */
export async function benchAt(flow: FlowDocument, options: BenchOptions & { clock?: { now: number } } = {}) {
  const { clock = { now: startedAt }, ...rest } = options;
  const bench = await benchOf(flow, { now: () => clock.now, ...rest });
  onTestFinished(() => bench.engine.drain(1_000));
  const status = (runId: string) => bench.store.runs.get(runId)?.status;
  return {
    ...bench,
    clock,
    status,
    /** Starts a run and waits until it is parked. */
    async park(payload: Json = {}, extras: { mode?: 'live' | 'test' } = {}): Promise<string> {
      const { runId } = await bench.engine.start(bench.newRun({ payload, ...extras }), { lease: true });
      await expect.poll(() => status(runId)).toBe('waiting');
      return runId;
    },
    signal: (key: string, payload: Json = null, name = 'step:flow_1/hold') => bench.engine.signal({ workspaceId: 'ws_1', name, key, payload, at: clock.now }),
    outputOf: async (runId: string, stepKey: string) =>
      (await bench.substrate.load(runId)).entries.findLast((entry) => entry.stepKey === stepKey && entry.kind === 'succeeded')?.output,
    ended: (runId: string, as: string) => expect.poll(() => status(runId)).toBe(as),
    /** What another process finds in the same store, this one being gone. */
    async restart(at: number) {
      await bench.engine.drain(1_000);
      return benchAt(flow, { ...options, store: bench.store, clock: { now: at } });
    },
  };
}
