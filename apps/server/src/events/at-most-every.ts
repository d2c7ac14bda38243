/**
 * Tells each key at most once in so many milliseconds, after the first of several changes: a loop that writes row by row would otherwise
 * tell about each row.
 */
export function atMostEvery(ms: number, tell: (key: string) => void): { call(key: string): void; close(): void } {
  const waiting = new Map<string, NodeJS.Timeout>();
  return {
    call(key) {
      if (waiting.has(key)) return;
      const timer = setTimeout(() => {
        waiting.delete(key);
        tell(key);
      }, ms);
      waiting.set(key, timer);
    },
    close() {
      for (const timer of waiting.values()) clearTimeout(timer);
    },
  };
}
