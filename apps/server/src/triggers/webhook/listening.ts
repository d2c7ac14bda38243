import type { ReceivedCall } from './received-call.ts';

/**
 * Flows that wait for a test call: the next call to their address is shown to the listener. A call that a published flow answers runs
 * as well; any other is only shown. In memory: five minutes pass quickly.
 */
export interface Listening {
  /** @returns when it ends, milliseconds since the epoch. */
  begin(listener: Omit<Listener, 'until'>): number;
  end(flowId: string): void;
  /** Who waits at this address. Call `end` when the call could be shown. */
  at(address: string): Listener | undefined;
  /** Whether anybody waits anywhere: asked at every call. */
  active(): boolean;
}

export interface Listener {
  /** `<workspace>/<path>` of the draft. */
  address: string;
  workspaceId: string;
  flowId: string;
  until: number;
  /** @param call - without what the published version names as the proof of a sender. */
  captured(call: ReceivedCall): Promise<void>;
}

export const LISTEN_MS = 5 * 60_000;

export function createListening(now: () => number = Date.now): Listening {
  const listeners = new Map<string, Listener>();
  return {
    begin(listener) {
      const until = now() + LISTEN_MS;
      listeners.set(listener.flowId, { ...listener, until });
      return until;
    },
    end: (flowId) => void listeners.delete(flowId),
    at(address) {
      for (const [flowId, listener] of listeners) {
        if (listener.until <= now()) listeners.delete(flowId);
        else if (listener.address === address) return listener;
      }
      return undefined;
    },
    active: () => listeners.size > 0,
  };
}
