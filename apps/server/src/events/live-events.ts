import type { LiveEvent } from '@weft/api';

/** Hands live events to the open pages of a workspace. Nothing is kept: a page that connects again reads the state afresh. */
export interface LiveEvents {
  publish(workspaceId: string, event: LiveEvent): void;
  /** To every workspace with a listener. */
  broadcast(event: LiveEvent): void;
  /** @returns a function that ends the subscription. */
  subscribe(workspaceId: string, listener: (event: LiveEvent) => void): () => void;
  /** True when there is a listener: events without one are not prepared. */
  watched(workspaceId: string): boolean;
}

export function createLiveEvents(): LiveEvents {
  const listeners = new Map<string, Set<(event: LiveEvent) => void>>();
  return {
    publish(workspaceId, event) {
      for (const listener of listeners.get(workspaceId) ?? []) listener(event);
    },
    broadcast(event) {
      for (const ofWorkspace of listeners.values()) for (const listener of ofWorkspace) listener(event);
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
