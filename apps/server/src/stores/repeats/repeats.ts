import { createHash } from 'node:crypto';
import { and, eq, lt } from 'drizzle-orm';
import type { Json } from '@weft/json-schema';
import { type Statement, statement } from '../../db/commit.ts';
import type { Db } from '../../db/open.ts';
import { repeatedRequests } from '../../db/schema/index.ts';
import { readStored } from '../../db/read-stored.ts';
import { Refused } from '../../refused.ts';
import type { Act } from '../audit/act.ts';
import { type AnswerBounds, createKeptAnswers, notKept } from './kept-answers.ts';

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
   * Runs the work, or gives the answer that the same request got before; at the same time only one of them runs. Work that changes
   * something keeps its answer in its own commit, by the act it is given; the answer of any other is kept when it is there.
   * Failures are not kept: the sender may try again.
   */
  once(request: RepeatableRequest, work: (act: Act) => Promise<Response>): Promise<Response>;
}

const keptMs = 24 * 3_600_000;
const maxKeyLength = 255;
/** Stored instead of a status while the work is in progress; the row holds how far it is. */
const unfinished = 0;

/** Memory for answers is bounded, but not what a repeat does: it never does the work again within the day. @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/ */
export function createRepeats(db: Db, bounds: AnswerBounds = {}): Repeats {
  const { answerLength = 256 << 10 } = bounds;
  const underWay = new Set<string>();
  const noteKept = createKeptAnswers(db.$client, bounds);

  function keep(row: Omit<typeof repeatedRequests.$inferInsert, 'createdAt'>): Statement {
    const { status, body } = row;
    const createdAt = Date.now();
    const target = [repeatedRequests.userId, repeatedRequests.key];
    return statement(db.insert(repeatedRequests).values({ ...row, createdAt }).onConflictDoUpdate({ target, set: { status, body, createdAt } }));
  }

  const answer = (status: number, body: string) => (body.length > answerLength ? { status: notKept, body: '' } : { status, body });

  return {
    async once({ userId, key, method, path, body }, work) {
      if (key.length > maxKeyLength) throw new Refused(400, 'idempotency.key', `An Idempotency-Key has at most ${maxKeyLength} characters.`);
      const fingerprint = createHash('sha256').update(JSON.stringify([method, path, body ?? null])).digest('base64url');
      const mine = and(eq(repeatedRequests.userId, userId), eq(repeatedRequests.key, key));
      const find = () => db.select().from(repeatedRequests).where(mine).get();
      const before = find();
      if (before && before.fingerprint !== fingerprint) {
        throw new Refused(422, 'idempotency.mismatch', 'This Idempotency-Key was used for a different request. Use a new key.');
      }
      if (before?.status === notKept) {
        throw new Refused(
          409,
          'idempotency.not_kept',
          'This request was carried out before, and its answer was too large to be kept. Look at what is there now; a new key carries it out again.',
        );
      }
      if (before && before.status !== unfinished) return answerOf(before.status, before.body);
      const turn = `${userId} ${key}`;
      if (underWay.has(turn)) throw new Refused(409, 'idempotency.under_way', 'The same request is still being worked on. Try again in a moment.');
      underWay.add(turn);
      const mark = { userId, key, fingerprint };
      const act: Act = {
        actorId: userId,
        answered: (given) => [keep({ ...mark, ...(given === null ? answer(204, '') : answer(200, JSON.stringify(given))) })],
        doneSoFar: (done) => [keep({ ...mark, status: unfinished, body: JSON.stringify(done) })],
        // Written by doneSoFar only.
        begun: before && readStored<Json>(before.body),
      };
      try {
        const response = await work(act);
        db.delete(repeatedRequests).where(lt(repeatedRequests.createdAt, Date.now() - keptMs)).run();
        if ((find()?.status ?? unfinished) === unfinished) keep({ ...mark, ...answer(response.status, await response.clone().text()) }).query.run();
        noteKept(userId, find()?.body.length ?? 0);
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
