import type { Database } from 'better-sqlite3';

/** How much is kept for one person. */
export interface AnswerBounds {
  /** A longer answer is not kept, only that the request was answered. Default 256 kB, in characters. */
  answerLength?: number;
  /** What all answers take, in bytes; beyond it the oldest go first, and that they were given stays. Default 8 MiB. */
  bytes?: number;
  /** Requests; beyond it the oldest are forgotten. Default 50_000. */
  requests?: number;
}

/** Stored instead of a status where the request was answered and the answer is not kept. */
export const notKept = 1;

/** Looked at again after so many requests or bytes of one person, in the same proportion for smaller bounds. */
const lookAfter = 1 / 8;

/** Keeps the answers of a person within their bounds. @returns what is told of each answer that was kept. */
export function createKeptAnswers(database: Database, { bytes: maxBytes = 8 << 20, requests: maxRequests = 50_000 }: AnswerBounds) {
  const dropAnswers = database.prepare<[userId: string, maxBytes: number]>(
    `update repeated_requests set status = ${notKept}, body = '' where rowid in (
      select id from (
        select rowid as id, sum(octet_length(body)) over (order by created_at desc, rowid desc) as total
          from repeated_requests where user_id = ? and status > ${notKept} and body <> '')
      where total > ?)`,
  );
  const dropRequests = database.prepare<[userId: string, maxRequests: number]>(
    `delete from repeated_requests where rowid in (
      select rowid from repeated_requests where user_id = ? order by created_at desc, rowid desc limit -1 offset ?)`,
  );
  const since = new Map<string, { requests: number; bytes: number }>();
  return (userId: string, length: number): void => {
    // Whoever has kept none since the start may have any number from before.
    const known = since.get(userId) ?? { requests: maxRequests, bytes: maxBytes };
    const requests = known.requests + 1;
    const bytes = known.bytes + length;
    if (requests < maxRequests * lookAfter && bytes < maxBytes * lookAfter) {
      since.set(userId, { requests, bytes });
      return;
    }
    dropAnswers.run(userId, maxBytes);
    dropRequests.run(userId, maxRequests);
    since.set(userId, { requests: 0, bytes: 0 });
  };
}
