import type { Db } from './open.ts';
import { syncAtCommit, syncLater } from './synchronous.ts';

interface Runnable {
  run(): { changes: number };
}

/** One statement of a commit: a drizzle query builder, and how many rows it has to touch. */
export interface Statement {
  query: Runnable;
  /** When given and different, the whole commit is rolled back with `otherwise`. */
  rows?: number;
  otherwise?: () => Error;
}

export const statement = (query: Runnable, expectation: Omit<Statement, 'query'> = {}): Statement => ({ query, ...expectation });

export class UnexpectedRows extends Error {
  constructor(expected: number, changed: number) {
    super(`A statement changed ${changed} rows where ${expected} were expected; nothing was written.`);
    this.name = 'UnexpectedRows';
  }
}

export interface CommitOptions {
  /**
   * False leaves out the sync: the commit is lost with the power unless a later one is durable, which then keeps this one too,
   * because both stand in one log in this order. For what a later commit makes count, never for what is acknowledged.
   * Default true.
   */
  durable?: boolean;
}

/** Inside a transaction of the caller's, who undoes it when this throws. */
export function runStatements(statements: readonly Statement[]): void {
  for (const { query, rows, otherwise } of statements) {
    const { changes } = query.run();
    if (rows !== undefined && changes !== rows) throw otherwise?.() ?? new UnexpectedRows(rows, changes);
  }
}

/**
 * Runs all statements in one transaction, or none of them. Writers pass a list instead of a function, because an
 * `await` inside a better-sqlite3 transaction would leave half of it behind.
 * @see https://github.com/drizzle-team/drizzle-orm/issues/1472
 */
export async function commit(db: Db, statements: readonly Statement[], { durable = true }: CommitOptions = {}): Promise<void> {
  const run = db.$client.transaction(() => runStatements(statements));
  if (durable) {
    run.immediate();
    return;
  }
  db.$client.exec(syncLater);
  try {
    run.immediate();
  } finally {
    db.$client.exec(syncAtCommit);
  }
}
