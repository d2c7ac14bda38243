import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { LiveEvent } from '@weft/api';
import { createContext, useContext, useEffect, useEffectEvent, useMemo, type ReactNode } from 'react';
import { approvalKeys } from './approvals.ts';
import { urlOf } from './call.ts';
import { letterKeys } from './dead-letters.ts';
import { fileKeys } from './files.ts';
import { flowKeys } from './flows.ts';
import { invalidateSoon } from './invalidate-soon.ts';
import { openEvents } from './open-events.ts';
import { rememberEntries, rememberProgress, rememberRun, runKeys } from './runs.ts';
import { triggerKeys } from './triggers.ts';

type Handler = (event: LiveEvent) => void;

/** What events speak of; single flows are left to the editor. */
const keptTrue = [runKeys.all, flowKeys.list, flowKeys.callable, approvalKeys.all, fileKeys.all, letterKeys.all];

const LiveContext = createContext<Set<Handler> | null>(null);

/**
 * One event stream for the workspace, whatever the number of listeners and of pages that show it. Events keep the query cache true by themselves;
 * `useLive` is for what a page wants beyond that. After a gap everything is read again, as events may be missing.
 */
export function LiveProvider({ workspace, children }: { workspace: string; children: ReactNode }) {
  const client = useQueryClient();
  const handlers = useMemo(() => new Set<Handler>(), []);

  useEffect(
    () =>
      openEvents(urlOf('GET /w/:workspace/events', { workspace }), {
        onEvent: (event) => {
          applyToCache(client, workspace, event);
          for (const handler of handlers) handler(event);
        },
        // What happened between the first reading and now was told to nobody here.
        onOpened: () => keptTrue.forEach((keyOf) => invalidateSoon(client, keyOf(workspace))),
        onReopened: () => void client.invalidateQueries({ queryKey: ['w', workspace] }),
      }),
    [client, handlers, workspace],
  );

  return <LiveContext value={handlers}>{children}</LiveContext>;
}

/** Hears every event of the workspace while the component is mounted. The handler need not be stable. */
export function useLive(handler: Handler): void {
  const handlers = useContext(LiveContext);
  const onEvent = useEffectEvent(handler);

  useEffect(() => {
    if (handlers === null) return;
    const listener: Handler = (event) => onEvent(event);
    handlers.add(listener);
    return () => {
      handlers.delete(listener);
    };
  }, [handlers]);
}

function applyToCache(client: QueryClient, workspace: string, event: LiveEvent): void {
  switch (event.type) {
    case 'run':
      rememberRun(client, workspace, event.run);
      if (event.run.mode === 'live') invalidateSoon(client, flowKeys.list(workspace));
      if (event.run.replayOf !== null && event.run.finishedAt !== null) {
        // The run that it replays says what came of it, and may have got dead letters back.
        invalidateSoon(client, letterKeys.all(workspace));
        invalidateSoon(client, runKeys.one(workspace, event.run.replayOf));
        invalidateSoon(client, runKeys.lists(workspace));
      }
      return;
    case 'steps':
      rememberEntries(client, workspace, event.runId, event.entries);
      return;
    case 'progress':
      rememberProgress(client, workspace, event.runId, event.progress);
      if (event.progress.failed > 0) invalidateSoon(client, letterKeys.all(workspace));
      return;
    case 'flow':
      // The editor compares revisions itself: it must not lose edits to a re-read.
      invalidateSoon(client, flowKeys.list(workspace));
      invalidateSoon(client, flowKeys.callable(workspace));
      return;
    case 'rejected':
      invalidateSoon(client, flowKeys.rejections(workspace, event.flowId));
      return;
    case 'files':
      invalidateSoon(client, fileKeys.all(workspace));
      void client.invalidateQueries({ queryKey: runKeys.lists(workspace), refetchType: 'none' });
      return;
    case 'approvals':
      invalidateSoon(client, approvalKeys.all(workspace));
      return;
    case 'queue':
      invalidateSoon(client, flowKeys.list(workspace));
      // Lists and single runs alike.
      invalidateSoon(client, runKeys.all(workspace));
      return;
    case 'trigger':
      invalidateSoon(client, triggerKeys.all(workspace, event.flowId));
      invalidateSoon(client, flowKeys.list(workspace));
      return;
    case 'captured':
    // Of the stream itself; see `openStream`.
    case 'missed':
    case 'replaced':
      return;
  }
}
