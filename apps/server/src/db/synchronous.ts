/**
 * When a connection's commits reach the disk, for `exec`: `pragma` reads an answer that these do not give, and takes ten times as long,
 * which every transaction would pay twice.
 * @see https://www.sqlite.org/pragma.html#pragma_synchronous
 */
export const syncAtCommit = 'PRAGMA synchronous = FULL';

/** A commit is kept by the next sync of the log. */
export const syncLater = 'PRAGMA synchronous = NORMAL';
