import { itemKeyOf, placeOf } from '@weft/flow';
import type { RunRecord } from './run-record.ts';

export interface Totals {
  succeeded: number;
  failed: number;
  skipped: number;
  /** Running, or waiting for another try. */
  open: number;
  /** Tries beyond the first. */
  retries: number;
  warnings: number;
}

/** How many steps ended how; a step inside a loop counts once for each item. Of a stream, whose records leave samples only, nothing inside counts. */
export function totalsOf({ steps }: RunRecord): Totals {
  const totals: Totals = { succeeded: 0, failed: 0, skipped: 0, open: 0, retries: 0, warnings: 0 };
  for (const { key, status, attempts, warnings } of steps.values()) {
    const itemKey = itemKeyOf(key);
    if (itemKey !== undefined && placeOf(itemKey).batch !== undefined) continue;
    if (status === 'running' || status === 'waiting' || status === 'parked') totals.open += 1;
    else totals[status] += 1;
    totals.retries += Math.max(0, attempts.length - 1);
    totals.warnings += warnings.length;
  }
  return totals;
}
