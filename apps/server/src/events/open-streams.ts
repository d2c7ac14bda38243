export interface StreamReader {
  userId: string;
  sessionId: string;
}

/** The place of one open stream. */
export interface StreamPlace {
  /** Aborts when a newer stream has taken the place. */
  replaced: AbortSignal;
  leave(): void;
}

/** How many streams of live events may be open. The newest always gets a place: somebody is looking at it. */
export interface OpenStreams {
  enter(reader: StreamReader): StreamPlace;
}

export interface OpenStreamsOptions {
  /** Default 20: the pages of one browser share one stream where they can. */
  perSession?: number;
  /** Default 1_000. */
  inAll?: number;
}

/**
 * Beyond its number a session loses its own oldest stream; where all places are taken, the person with the most streams loses
 * their oldest, so that nobody can close the streams of others by opening more.
 */
export function createOpenStreams({ perSession = 20, inAll = 1_000 }: OpenStreamsOptions = {}): OpenStreams {
  // In the order of arrival.
  const open = new Map<AbortController, StreamReader>();

  function replaceOldest(fits: (reader: StreamReader) => boolean): void {
    for (const [place, reader] of open) {
      if (!fits(reader)) continue;
      open.delete(place);
      place.abort();
      return;
    }
  }

  return {
    enter(reader) {
      const place = new AbortController();
      open.set(place, reader);
      const ofSession = [...open.values()].filter(({ sessionId }) => sessionId === reader.sessionId);
      if (ofSession.length > perSession) replaceOldest(({ sessionId }) => sessionId === reader.sessionId);
      if (open.size > inAll) {
        const userId = mostFrequent([...open.values()].map(({ userId }) => userId));
        replaceOldest((other) => other.userId === userId);
      }
      return { replaced: place.signal, leave: () => void open.delete(place) };
    },
  };
}

function mostFrequent(values: string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}
