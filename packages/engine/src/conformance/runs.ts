import type { JournalEntry, Outcome } from '../journal.ts';
import type { Lease, NewRun, Substrate } from '../substrate.ts';

/** Makes runs of one flow, each with an id above the one before. */
export function createNewRun(): (extras?: Partial<NewRun>) => NewRun {
  let count = 0;
  return (extras = {}) => {
    count += 1;
    return {
      runId: `run_${String(count).padStart(6, '0')}`,
      workspaceId: 'ws_1',
      flowId: 'flow_1',
      versionId: 'version_1',
      mode: 'live',
      payload: { body: { number: count } },
      createdAt: 1_000 + count,
      ...extras,
    };
  };
}

/** Starts a run and gives its lease. */
export async function leased(substrate: Substrate, run: NewRun): Promise<Lease> {
  const { lease } = await substrate.start(run, { lease: true });
  if (!lease) throw new Error('A fresh run that asks for its lease gets it.');
  return lease;
}

/** The lease of the run whose turn it is. */
export async function claimed(substrate: Substrate): Promise<Lease> {
  const [lease] = await substrate.claim(1);
  if (!lease) throw new Error('There should have been a run in the queue.');
  return lease;
}

export const entry = (stepKey: string, extras: Partial<JournalEntry> = {}): JournalEntry => ({ stepKey, attempt: 1, kind: 'succeeded', at: 1, ...extras });
export const succeeded = (at: number): Outcome => ({ status: 'succeeded', at });
