import { useMemo } from 'react';

/** What the server has stopped because it died of it too often is done once more only when a person wants it. */
export interface Again {
  /** Notes that a person wants it, and asks. */
  wanted(what: string, ask: () => unknown): void;
  /** For the question that is asked next. */
  taken(what: string): boolean;
}

export function useAgain(): Again {
  return useMemo(() => {
    const notes = new Set<string>();
    return {
      wanted(what, ask) {
        notes.add(what);
        ask();
      },
      taken: (what) => notes.delete(what),
    };
  }, []);
}
