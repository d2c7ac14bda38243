import { endPayload, type NewRun, type Outcome, type Wait } from '@weft/engine';
import type { ParkedRuns } from './parked-runs.ts';
import type { RunQueue } from './run-queue.ts';
import type { RunRows } from './run-rows.ts';
import type { Statements } from './statements.ts';

/** Runs that other runs have called; what writes belongs inside a transaction. */
export interface CalledRuns {
  /** Queues what a run calls with these waits, each once. */
  start(waits: readonly Wait[]): void;
  /** Tells the run that called this one how it has ended, unless that one has ended before. */
  ended(run: Called, outcome: Outcome): void;
  /** The same for a run of which only the id is at hand. */
  cancelled(runId: string, at: number): void;
  /** Those of a run that are not final. */
  openOf(runId: string): string[];
}

type Called = Pick<NewRun, 'runId' | 'workspaceId' | 'parent'>;

export interface CalledRunsParts {
  rows: Pick<RunRows, 'insert'>;
  queue: Pick<RunQueue, 'entered'>;
  parked: Pick<ParkedRuns, 'signal'>;
}

export function createCalledRuns(statements: Statements, { rows, queue, parked }: CalledRunsParts): CalledRuns {
  function ended({ runId, workspaceId, parent }: Called, outcome: Outcome): void {
    if (!parent || !statements.openRun.get(parent.runId)) return;
    parked.signal({ workspaceId, name: 'run', key: runId, payload: endPayload(outcome), at: outcome.at });
  }

  return {
    start(waits) {
      for (const { child } of waits) {
        if (!child || statements.runExists.get(child.runId)) continue;
        rows.insert(child, { status: 'queued', epoch: 0 });
        queue.entered(child);
      }
    },
    ended,
    cancelled(runId, at) {
      const row = statements.parentOf.get(runId);
      if (row) ended({ runId, workspaceId: row.workspace_id, parent: { runId: row.parent_run, stepKey: '' } }, { status: 'cancelled', at });
    },
    openOf: (runId) => statements.openChildren.all(runId).map(({ id }) => id),
  };
}
