import type { StreamProgress } from '@weft/engine';
import type { StreamProgressView } from '@weft/api';

/** A loop's progress as people see it. */
export function progressView(progress: StreamProgress): StreamProgressView {
  const { stepKey, read, succeeded, failed, skipped, batch, restarts, continued = 0, finished, amount, activeMs } = progress;
  const seconds = activeMs / 1_000;
  return {
    stepKey,
    read,
    succeeded,
    failed,
    skipped,
    batches: batch,
    startedAt: new Date(progress.startedAt).toISOString(),
    at: new Date(progress.at).toISOString(),
    seconds,
    recordsPerSecond: Math.round(finished && seconds > 0 ? read / seconds : progress.recordsPerSecond),
    amount: amount ? { unit: amount.unit, done: amount.done, total: amount.total ?? null } : null,
    secondsLeft: finished ? null : secondsLeft(amount, seconds),
    restarts,
    continued,
    finished,
  };
}

/** What is left takes as long, per byte or record, as what is done took. */
function secondsLeft(amount: StreamProgress['amount'], seconds: number): number | null {
  if (amount?.total === undefined || amount.done <= 0) return null;
  return Math.max(0, Math.round((seconds * (amount.total - amount.done)) / amount.done));
}
