import type { Engine } from '@weft/engine';
import type { Page, RunSummary } from '@weft/api';
import type { RunReader } from './reader.ts';

/**
 * Cancels every run of a flow that waits in the queue, page by page: a queue may be long, and each run is cancelled like any other.
 * @returns how many there were.
 */
export async function cancelQueued(parts: { engine: Pick<Engine, 'cancel'>; runs: Pick<RunReader, 'list'> }, workspaceId: string, flowId: string): Promise<number> {
  let cancelled = 0;
  let cursor: string | null = null;
  do {
    const page: Page<RunSummary> = await parts.runs.list(workspaceId, { flow: flowId, status: 'queued', ...(cursor !== null && { cursor }) });
    const ended = await Promise.all(page.items.map(({ id }) => parts.engine.cancel(id)));
    cancelled += ended.filter(Boolean).length;
    cursor = page.next;
  } while (cursor !== null);
  return cancelled;
}
