import { createHash } from 'node:crypto';
import { and, eq, lt } from 'drizzle-orm';
import type { Db } from '../db/open.ts';
import { repeatedRequests } from '../db/schema/index.ts';
import { Refused } from '../refused.ts';

/** A request that its sender may send again without knowing whether the first one arrived. */
export interface RepeatableRequest {
  userId: string;
  /** The `Idempotency-Key` header. */
  key: string;
  method: string;
  path: string;
  body: unknown;
}

export interface Repeats {
  /**
   * Runs the work, or gives the answer that the same request got before; at the same time only one of them runs.
   * Failures are not kept: the sender may try again.
   */
  once(request: RepeatableRequest, work: () => Promise<Response>): Promise<Response>;
}

const keptMs = 24 * 3_600_000;
const longestKey = 255;

/** @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/ */
export function createRepeats(db: Db): Repeats {
  const underWay = new Set<string>();
  return {
    async once({ userId, key, method, path, body }, work) {
      if (key.length > longestKey) throw new Refused(400, 'idempotency.key', `An Idempotency-Key has at most ${longestKey} characters.`);
      const fingerprint = createHash('sha256').update(JSON.stringify([method, path, body ?? null])).digest('base64url');
      const mine = and(eq(repeatedRequests.userId, userId), eq(repeatedRequests.key, key));
      const before = db.select().from(repeatedRequests).where(mine).get();
      if (before) {
        if (before.fingerprint !== fingerprint) throw new Refused(422, 'idempotency.mismatch', 'This Idempotency-Key was used for a different request. Use a new key.');
        return answerOf(before.status, before.body);
      }
      const turn = `${userId} ${key}`;
      if (underWay.has(turn)) throw new Refused(409, 'idempotency.under_way', 'The same request is still being worked on. Try again in a moment.');
      underWay.add(turn);
      try {
        const response = await work();
        const text = await response.clone().text();
        db.delete(repeatedRequests).where(lt(repeatedRequests.createdAt, Date.now() - keptMs)).run();
        db.insert(repeatedRequests).values({ userId, key, fingerprint, status: response.status, body: text, createdAt: Date.now() }).run();
        return response;
      } finally {
        underWay.delete(turn);
      }
    },
  };
}

function answerOf(status: number, body: string): Response {
  const headers = new Headers({ 'cache-control': 'no-store', 'idempotency-replayed': 'true' });
  if (body !== '') headers.set('content-type', 'application/json');
  return new Response(body === '' ? null : body, { status, headers });
}
