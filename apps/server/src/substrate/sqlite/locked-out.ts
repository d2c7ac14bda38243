import type { Database } from 'better-sqlite3';

/**
 * While another program holds the database: its writers wait outside of SQLite, where the event loop goes on. Nobody on this connection
 * sleeps in SQLite then, where the first one may for as long as the connection's `busy_timeout` says.
 */
export interface LockedOut {
  /** The database is held. @returns the pause before the next try, milliseconds; undefined when it has lasted too long. */
  pauseMs(): number | undefined;
  /** It is free. Called after every transaction: cheap. */
  over(): void;
  isNow(): boolean;
}

/** As long as a caller is kept waiting. */
const patienceMs = 5_000;
const pauseMs = 50;

export function createLockedOut(database: Pick<Database, 'pragma'>): LockedOut {
  let since: number | undefined;
  let timeoutMs = 0;

  function over(): void {
    if (since === undefined) return;
    since = undefined;
    database.pragma(`busy_timeout = ${timeoutMs}`);
  }

  return {
    pauseMs() {
      if (since === undefined) {
        since = performance.now();
        // SQLite answers with a number.
        timeoutMs = Number(database.pragma('busy_timeout', { simple: true }));
        database.pragma('busy_timeout = 0');
      }
      if (performance.now() - since < patienceMs) return pauseMs;
      over();
      return undefined;
    },
    over,
    isNow: () => since !== undefined,
  };
}
