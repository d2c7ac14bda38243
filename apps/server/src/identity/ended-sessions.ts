/** Tells what is still open for a session, such as a stream of live events, that the session has ended. */
export interface EndedSessions {
  /** Aborts when this session ends. */
  signal(sessionId: string): AbortSignal;
  end(sessionIds: readonly string[]): void;
}

export function createEndedSessions(): EndedSessions {
  const open = new Map<string, AbortController>();
  return {
    signal(sessionId) {
      const controller = open.get(sessionId) ?? new AbortController();
      open.set(sessionId, controller);
      return controller.signal;
    },
    end(sessionIds) {
      for (const sessionId of sessionIds) {
        open.get(sessionId)?.abort();
        open.delete(sessionId);
      }
    },
  };
}
