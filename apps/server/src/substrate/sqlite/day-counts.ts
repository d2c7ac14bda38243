import type { NewRun, Outcome } from '@weft/engine';
import type { Statements } from './statements.ts';

const DAY_MS = 86_400_000;

/** Adds up finished live runs during a transaction and writes one row per flow and day at its end. */
export function createDayCounts(statements: Pick<Statements, 'countDay'>) {
  const counts = new Map<string, { flowId: string; day: number; succeeded: number; failed: number }>();
  return {
    count(run: NewRun, outcome: Outcome): void {
      if (run.mode === 'test' || outcome.status === 'cancelled') return;
      const day = Math.floor(outcome.at / DAY_MS);
      const key = `${day} ${run.flowId}`;
      let entry = counts.get(key);
      if (!entry) counts.set(key, (entry = { flowId: run.flowId, day, succeeded: 0, failed: 0 }));
      if (outcome.status === 'failed') entry.failed += 1;
      else entry.succeeded += 1;
    },
    write(): void {
      for (const { flowId, day, succeeded, failed } of counts.values()) statements.countDay.run(flowId, day, succeeded, failed);
      counts.clear();
    },
    forget: () => counts.clear(),
  };
}
