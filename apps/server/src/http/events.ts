import { eventStream } from '../events/event-stream.ts';
import type { LiveEvents } from '../events/live-events.ts';
import { createOpenStreams } from '../events/open-streams.ts';
import type { Identity } from '../identity/identity.ts';
import type { WorkspaceStore } from '../stores/workspaces/workspace-store.ts';
import { allows } from './permission.ts';
import { defineRoutes } from './route.ts';

export interface EventRouteParts {
  events: LiveEvents;
  identity: Pick<Identity, 'untilSessionEnds' | 'isSession'>;
  workspaces: Pick<WorkspaceStore, 'membership'>;
  /** Aborts when the server stops. */
  stopping: AbortSignal;
}

export function eventRoutes({ events, identity, workspaces, stopping }: EventRouteParts) {
  const streams = createOpenStreams();
  return defineRoutes({
    'GET /w/:workspace/events': {
      policy: 'run.read',
      handler: async ({ actor, workspace, request, disconnect }) => {
        const { replaced, leave } = streams.enter({ userId: actor.user.id, sessionId: actor.sessionId });
        return eventStream({
          subscribe: (listener) => events.subscribe(workspace.id, listener),
          signal: AbortSignal.any([stopping, identity.untilSessionEnds(actor.sessionId), request.signal]),
          replaced,
          async mayRead() {
            const now = await workspaces.membership(actor.user.id, workspace.id);
            return now !== null && allows(now.role, 'run.read') && identity.isSession(actor.sessionId);
          },
          disconnect,
          ended: leave,
        });
      },
    },
  });
}
