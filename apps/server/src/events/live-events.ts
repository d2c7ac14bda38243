import type { LiveEvent } from '@weft/api';

/** @param message - the event as it is sent, made when the first listener asks and the same bytes for all of them. */
export type EventListener = (event: LiveEvent, message: () => Uint8Array) => void;

/** Hands live events to the open pages of a workspace. Nothing is kept: a page that connects again reads the state afresh. */
export interface LiveEvents {
  publish(workspaceId: string, event: LiveEvent): void;
  /** To every workspace with a listener. */
  broadcast(event: LiveEvent): void;
  /** @returns a function that ends the subscription. */
  subscribe(workspaceId: string, listener: EventListener): () => void;
  /** True when there is a listener: events without one are not prepared. */
  watched(workspaceId: string): boolean;
}

export function createLiveEvents(): LiveEvents {
  const listeners = new Map<string, Set<EventListener>>();
  return {
    publish(workspaceId, event) {
      const ofWorkspace = listeners.get(workspaceId);
      if (ofWorkspace) tell(ofWorkspace, event, messageOnce(event));
    },
    broadcast(event) {
      const message = messageOnce(event);
      for (const ofWorkspace of listeners.values()) tell(ofWorkspace, event, message);
    },
    subscribe(workspaceId, listener) {
      const ofWorkspace = listeners.get(workspaceId) ?? new Set();
      listeners.set(workspaceId, ofWorkspace.add(listener));
      return () => {
        ofWorkspace.delete(listener);
        if (ofWorkspace.size === 0 && listeners.get(workspaceId) === ofWorkspace) listeners.delete(workspaceId);
      };
    },
    watched: (workspaceId) => listeners.has(workspaceId),
  };
}

/** One `data:` line of JSON. @see https://html.spec.whatwg.org/multipage/server-sent-events.html */
export const eventMessage = (event: LiveEvent): Uint8Array => Buffer.from(`data: ${JSON.stringify(event)}\n\n`);

function messageOnce(event: LiveEvent): () => Uint8Array {
  let message: Uint8Array | undefined;
  return () => (message ??= eventMessage(event));
}

function tell(listeners: Iterable<EventListener>, event: LiveEvent, message: () => Uint8Array): void {
  for (const listener of listeners) listener(event, message);
}
