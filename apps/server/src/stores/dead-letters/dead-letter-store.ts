import { and, asc, count, desc, eq, gt, inArray, isNotNull, isNull, lt, sql, type SQL } from 'drizzle-orm';
import type { RunError } from '@weft/engine';
import type { Json } from '@weft/json-schema';
import { commit, statement } from '../../db/commit.ts';
import type { Db } from '../../db/open.ts';
import { deadLetters } from '../../db/schema/index.ts';
import { stepIdInSql } from '../../db/step-id-in-sql.ts';
import { readStored } from '../../db/read-stored.ts';
import type { DeadLetter, DeadLetterCause, Page } from '@weft/api';
import { stepIdOf } from '@weft/flow';
import { redact } from '../../redact/redact.ts';
import { redactSaid } from '../../redact/redact-said.ts';
import { type Act, recorded } from '../audit/act.ts';

/** Whose letters: of one run, or of all runs of a flow. */
export type DeadLetterOwner = { workspaceId: string } & ({ runId: string } | { flowId: string });

export type DeadLetterStatus = DeadLetter['status'];

/** Open letters of one loop of one run: what one new run does again. */
export interface DeadLetterGroup {
  runId: string;
  flowId: string;
  stepKey: string;
  letters: number;
}

/** Records of streams that failed. What goes out is redacted. */
export interface DeadLetterStore {
  list(owner: DeadLetterOwner, page: { status?: DeadLetterStatus; cause?: string; cursor?: string }): Promise<Page<DeadLetter>>;
  /** How many of each run wait for a person; runs without any are left out. */
  openOf(runIds: readonly string[]): Map<string, number>;
  /** In which ways they failed, most first. */
  causes(owner: DeadLetterOwner, status?: DeadLetterStatus): { total: number; causes: DeadLetterCause[] };
  /** Numbers of open letters with one cause. */
  withCause(owner: DeadLetterOwner, cause: string): number[];
  /** Open letters by run and loop. @param ids - only these. */
  groups(owner: DeadLetterOwner, ids?: readonly number[]): DeadLetterGroup[];
  /** Marks open ones as not needed. @returns how many. */
  discard(act: Act, owner: DeadLetterOwner, ids?: readonly number[]): Promise<number>;
  /** All of them, oldest first, a page at a time; memory stays flat. */
  all(owner: DeadLetterOwner, status: DeadLetterStatus): Iterable<DeadLetter>;
}

const pageSize = 50;
const exportedAtOnce = 500;
const maxCauses = 100;
const doneAtOnce = 10_000;

const failedStep = sql`json_extract(${deadLetters.error}, '$.stepKey')`;
const failedStepId = stepIdInSql(failedStep);
const failedRule = sql<string | null>`json_extract(${deadLetters.error}, '$.ruleId')`;
const causeText =
  sql<string>`coalesce(${failedStepId}, '') || '|' || coalesce(${failedRule}, '') || '|' || coalesce(json_extract(${deadLetters.error}, '$.kind'), '')`;

export function createDeadLetterStore(db: Db): DeadLetterStore {
  const of = (owner: DeadLetterOwner): SQL | undefined =>
    and(eq(deadLetters.workspaceId, owner.workspaceId), 'runId' in owner ? eq(deadLetters.runId, owner.runId) : eq(deadLetters.flowId, owner.flowId));
  const chosen = (ids: readonly number[] | undefined) => (ids ? inArray(deadLetters.id, [...ids]) : undefined);

  return {
    async list(owner, { status, cause, cursor }) {
      const before = cursor === undefined ? undefined : lt(deadLetters.id, Number(cursor));
      const rows = db
        .select()
        .from(deadLetters)
        .where(and(of(owner), status && isIn(status), cause === undefined ? undefined : eq(causeText, cause), before))
        .orderBy(desc(deadLetters.id))
        .limit(pageSize + 1)
        .all();
      const items = rows.slice(0, pageSize).map(toDeadLetter);
      return { items, next: rows.length > pageSize ? (items.at(-1)?.id ?? null) : null };
    },
    openOf(runIds) {
      const rows = db
        .select({ runId: deadLetters.runId, letters: count() })
        .from(deadLetters)
        .where(and(inArray(deadLetters.runId, [...runIds]), isIn('open')))
        .groupBy(deadLetters.runId)
        .all();
      return new Map(rows.map(({ runId, letters }) => [runId, letters]));
    },
    causes(owner, status) {
      const where = and(of(owner), status && isIn(status));
      const total = db.select({ letters: count() }).from(deadLetters).where(where).get()?.letters ?? 0;
      const rows = db
        .select({
          cause: causeText,
          letters: count(),
          stepId: failedStepId,
          ruleId: failedRule,
          stepKey: sql<string>`max(${deadLetters.stepKey})`,
          error: sql<string>`max(${deadLetters.error})`,
        })
        .from(deadLetters)
        .where(where)
        .groupBy(causeText)
        .orderBy(desc(count()))
        .limit(maxCauses)
        .all();
      return {
        total,
        causes: rows.map(({ cause, letters, stepId, ruleId, stepKey, error }) => ({
          cause,
          stepId: stepId === null || stepId === stepKey ? null : stepId,
          ruleId,
          message: redactSaid(readStored<RunError>(error)).message,
          count: letters,
        })),
      };
    },
    withCause: (owner, cause) =>
      db
        .select({ id: deadLetters.id })
        .from(deadLetters)
        .where(and(of(owner), isIn('open'), eq(causeText, cause)))
        .limit(doneAtOnce)
        .all()
        .map(({ id }) => id),
    groups: (owner, ids) =>
      db
        .select({ runId: deadLetters.runId, flowId: deadLetters.flowId, stepKey: deadLetters.stepKey, letters: count() })
        .from(deadLetters)
        .where(and(of(owner), isIn('open'), chosen(ids)))
        .groupBy(deadLetters.runId, deadLetters.flowId, deadLetters.stepKey)
        .orderBy(asc(deadLetters.runId), asc(deadLetters.stepKey))
        .all(),
    async discard(act, owner, ids) {
      const which = and(of(owner), isIn('open'), chosen(ids));
      const letters = db.select({ letters: count() }).from(deadLetters).where(which).get()?.letters ?? 0;
      if (letters === 0) return 0;
      const subjectId = 'runId' in owner ? owner.runId : owner.flowId;
      await commit(db, [
        statement(db.update(deadLetters).set({ discardedAt: Date.now() }).where(which)),
        ...recorded(db, act, { workspaceId: owner.workspaceId, action: 'deadLetters.discarded', subjectId, after: { letters } }, { discarded: letters }),
      ]);
      return letters;
    },
    *all(owner, status) {
      for (let after = 0; ; ) {
        const rows = db
          .select()
          .from(deadLetters)
          .where(and(of(owner), isIn(status), gt(deadLetters.id, after)))
          .orderBy(asc(deadLetters.id))
          .limit(exportedAtOnce)
          .all();
        yield* rows.map(toDeadLetter);
        if (rows.length < exportedAtOnce) return;
        after = rows.at(-1)?.id ?? after;
      }
    },
  };
}

function isIn(status: DeadLetterStatus): SQL | undefined {
  if (status === 'replayed') return isNotNull(deadLetters.replayedBy);
  if (status === 'discarded') return isNotNull(deadLetters.discardedAt);
  return and(isNull(deadLetters.replayedBy), isNull(deadLetters.discardedAt));
}

function toDeadLetter(row: typeof deadLetters.$inferSelect): DeadLetter {
  const error = readStored<RunError>(row.error);
  return {
    id: String(row.id),
    runId: row.runId,
    flowId: row.flowId,
    stepKey: row.stepKey,
    stepId: error.stepKey === undefined || error.stepKey === row.stepKey ? null : stepIdOf(error.stepKey),
    position: { batch: row.batch, index: row.index },
    record: redact(readStored<Json>(row.record)),
    error: redactSaid(error),
    at: new Date(row.at).toISOString(),
    status: row.replayedBy !== null ? 'replayed' : row.discardedAt !== null ? 'discarded' : 'open',
    replayedBy: row.replayedBy,
  };
}
