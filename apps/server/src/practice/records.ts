import { and, count, desc, eq, lt } from 'drizzle-orm';
import type { Json, JsonObject } from '@weft/json-schema';
import { commit, statement } from '../db/commit.ts';
import type { Db } from '../db/open.ts';
import { practiceRecords } from '../db/schema/index.ts';

export const practiceKinds = ['orders', 'reservations', 'tickets'] as const;
export type PracticeKind = (typeof practiceKinds)[number];

export interface PracticeRecord {
  id: number;
  kind: PracticeKind;
  at: number;
  received: Json;
  answer: JsonObject;
}

export interface PracticeRecords {
  /** A repeat with the same key gives the first answer again and keeps one record. */
  add(
    record: { workspaceId: string; kind: PracticeKind; idempotencyKey: string | null; received: Json; answer(number: string): JsonObject },
  ): Promise<JsonObject>;
  /** The newest first, at most 100. */
  list(workspaceId: string, kind: PracticeKind): Promise<PracticeRecord[]>;
  clear(workspaceId: string): Promise<void>;
}

const prefixes: Record<PracticeKind, string> = { orders: 'ORD', reservations: 'RES', tickets: 'TIC' };
const kept = 1_000;
const shown = 100;

export function createPracticeRecords(db: Db): PracticeRecords {
  const of = (workspaceId: string, kind: PracticeKind) => and(eq(practiceRecords.workspaceId, workspaceId), eq(practiceRecords.kind, kind));
  return {
    async add({ workspaceId, kind, idempotencyKey, received, answer }) {
      const known =
        idempotencyKey &&
        db
          .select({ answer: practiceRecords.answer })
          .from(practiceRecords)
          .where(and(of(workspaceId, kind), eq(practiceRecords.idempotencyKey, idempotencyKey)))
          .get();
      if (known) return objectOf(known.answer);
      const last = db.select({ id: practiceRecords.id }).from(practiceRecords).orderBy(desc(practiceRecords.id)).limit(1).get();
      const id = (last?.id ?? 0) + 1;
      const made = answer(`${prefixes[kind]}-${String(id).padStart(6, '0')}`);
      const total = db.select({ total: count() }).from(practiceRecords).where(of(workspaceId, kind)).get()?.total ?? 0;
      const oldest = db.select({ id: practiceRecords.id })
        .from(practiceRecords)
        .where(of(workspaceId, kind))
        .orderBy(desc(practiceRecords.id))
        .offset(kept - 1)
        .limit(1)
        .get();
      await commit(db, [
        statement(db.insert(practiceRecords).values({ id, workspaceId, kind, idempotencyKey, received, answer: made, at: Date.now() })),
        ...(total >= kept && oldest ? [statement(db.delete(practiceRecords).where(and(of(workspaceId, kind), lt(practiceRecords.id, oldest.id))))] : []),
      ]);
      return made;
    },
    async list(workspaceId, kind) {
      const rows = db.select().from(practiceRecords).where(of(workspaceId, kind)).orderBy(desc(practiceRecords.id)).limit(shown).all();
      return rows.map((row) => ({ id: row.id, kind, at: row.at, received: row.received, answer: objectOf(row.answer) }));
    },
    async clear(workspaceId) {
      await commit(db, [statement(db.delete(practiceRecords).where(eq(practiceRecords.workspaceId, workspaceId)))]);
    },
  };
}

/** Written by `add` only, so it is an object. */
const objectOf = (answer: Json): JsonObject => answer as JsonObject;
