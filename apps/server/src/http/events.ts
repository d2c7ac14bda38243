import { eventStream } from '../events/event-stream.ts';
import type { LiveEvents } from '../events/live-events.ts';
import { defineRoutes } from './route.ts';

export function eventRoutes({ events, stopping }: { events: LiveEvents; /** Aborts when the server stops. */ stopping: AbortSignal }) {
  return defineRoutes({
    'GET /w/:workspace/events': {
      policy: 'run.read',
      handler: async ({ workspace, request }) =>
        eventStream({
          subscribe: (listener) => events.subscribe(workspace.id, listener),
          signal: AbortSignal.any([stopping, request.signal]),
        }),
    },
  });
}
