import { eventStream } from '../events/event-stream.ts';
import type { LiveEvents } from '../events/live-events.ts';
import type { Identity } from '../identity/identity.ts';
import { defineRoutes } from './route.ts';

export interface EventRouteParts {
  events: LiveEvents;
  identity: Pick<Identity, 'untilSessionEnds'>;
  /** Aborts when the server stops. */
  stopping: AbortSignal;
}

export function eventRoutes({ events, identity, stopping }: EventRouteParts) {
  return defineRoutes({
    'GET /w/:workspace/events': {
      policy: 'run.read',
      handler: async ({ actor, workspace, request }) =>
        eventStream({
          subscribe: (listener) => events.subscribe(workspace.id, listener),
          signal: AbortSignal.any([stopping, identity.untilSessionEnds(actor.sessionId), request.signal]),
        }),
    },
  });
}
