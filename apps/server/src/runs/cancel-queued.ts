import type { Page, RunSummary } from '@weft/api';
import type { Alongside, Engine } from '@weft/engine';
import type { RunReader } from './reader.ts';

export interface CancelQueuedParts {
  engine: Pick<Engine, 'cancel'>;
  runs: Pick<RunReader, 'list'>;
}

/**
 * Cancels every run of a flow that waits in the queue: a queue may be long, and each run is cancelled like any other.
 * @param rowsFor - makes the rows that are committed with the first run, from the number of runs that waited. Default none.
 * @returns how many were cancelled.
 */
export async function cancelQueued(
  { engine, runs }: CancelQueuedParts,
  workspaceId: string,
  flowId: string,
  rowsFor?: (waiting: number) => Alongside,
): Promise<number> {
  const waiting: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<RunSummary> = await runs.list(workspaceId, { flow: flowId, status: 'queued', cursor: cursor ?? undefined });
    waiting.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  } while (cursor !== null);
  let cancelled = 0;
  const alongside = rowsFor?.(waiting.length);
  let next = 0;
  // One after the other until one could be cancelled: its commit carries the audit event of all.
  for (; cancelled === 0 && next < waiting.length; next += 1) {
    if (await engine.cancel(waiting[next] ?? '', { alongside })) cancelled = 1;
  }
  for (; next < waiting.length; next += maxAtOnce) {
    const ended = await Promise.all(waiting.slice(next, next + maxAtOnce).map((id) => engine.cancel(id)));
    cancelled += ended.filter(Boolean).length;
  }
  return cancelled;
}

/** Others write too. */
const maxAtOnce = 50;
