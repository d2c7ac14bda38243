import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { commit, statement } from '../../db/commit.ts';
import type { Db } from '../../db/open.ts';
import { flows, holds, users } from '../../db/schema/index.ts';
import { notFound } from '../../refused.ts';
import { audit } from '../audit/writer.ts';

/** Something that is held, by whom and since when. */
export interface Hold {
  note: string;
  by: string;
  since: number;
}

export interface ConnectorVersion {
  connector: string;
  version: string;
}

/**
 * What people hold back: paused flows, connector versions that are switched off everywhere, and maintenance. Asked at every start
 * and claim, so it answers from memory; each change is in the database, with its audit event, before it holds.
 */
export interface HoldStore {
  isPaused(flowId: string): boolean;
  /** Why a connector version must not be called; undefined: it may. */
  connectorNote(use: ConnectorVersion): string | undefined;
  anyConnector(): boolean;
  isDraining(): boolean;
  drain(): Hold | undefined;
  connectors(): (ConnectorVersion & Hold)[];
  setPaused(actorId: string, workspaceId: string, flowId: string, paused: boolean): Promise<void>;
  setDraining(actorId: string, draining: boolean): Promise<void>;
  /** @param note - why; null switches it on again. */
  setConnector(actorId: string, use: ConnectorVersion, note: string | null): Promise<void>;
  /** A deleted flow holds nothing back. */
  forget(flowId: string): void;
}

const drainId = 'drain';
const connectorPrefix = 'connector:';

/** @param changed - called after each commit. */
export function createHoldStore(db: Db, changed: () => void): HoldStore {
  const paused = new Set(
    db.select({ id: flows.id }).from(flows).where(and(isNotNull(flows.pausedAt), isNull(flows.deletedAt))).all().map(({ id }) => id),
  );
  const held = new Map<string, Hold>();
  for (const { id, note, by, since } of db
    .select({ id: holds.id, note: holds.note, by: users.name, since: holds.since })
    .from(holds)
    .leftJoin(users, eq(users.id, holds.heldBy))
    .all()) {
    held.set(id, { note, by: by ?? 'Somebody', since });
  }
  const idOf = ({ connector, version }: ConnectorVersion) => `${connectorPrefix}${connector}@${version}`;
  const nameOf = (userId: string) => db.select({ name: users.name }).from(users).where(eq(users.id, userId)).get()?.name ?? 'Somebody';

  async function set(actorId: string, change: { id: string; note: string | null; action: string }): Promise<void> {
    const { id, note, action } = change;
    const before = held.get(id);
    if (before?.note === (note ?? undefined)) return;
    const since = Date.now();
    const write =
      note === null
        ? db.delete(holds).where(eq(holds.id, id))
        : db.insert(holds).values({ id, note, heldBy: actorId, since }).onConflictDoUpdate({ target: holds.id, set: { note, heldBy: actorId, since } });
    await commit(db, [
      statement(write),
      audit(db, { workspaceId: null, actorId, action, subjectId: id, before: before ? { note: before.note } : null, after: note === null ? null : { note } }),
    ]);
    if (note === null) held.delete(id);
    else held.set(id, { note, by: nameOf(actorId), since });
    changed();
  }

  return {
    isPaused: (flowId) => paused.has(flowId),
    connectorNote: (use) => held.get(idOf(use))?.note,
    anyConnector: () => held.size > (held.has(drainId) ? 1 : 0),
    isDraining: () => held.has(drainId),
    drain: () => held.get(drainId),
    connectors: () =>
      [...held].flatMap(([id, hold]) => {
        if (!id.startsWith(connectorPrefix)) return [];
        const [connector = '', version = ''] = id.slice(connectorPrefix.length).split('@');
        return [{ connector, version, ...hold }];
      }),
    async setPaused(actorId, workspaceId, flowId, wanted) {
      if (paused.has(flowId) === wanted) return;
      const mine = and(eq(flows.workspaceId, workspaceId), eq(flows.id, flowId), isNull(flows.deletedAt));
      await commit(db, [
        statement(db.update(flows).set({ pausedAt: wanted ? Date.now() : null }).where(mine), { rows: 1, otherwise: () => notFound('This flow') }),
        audit(db, { workspaceId, actorId, action: wanted ? 'flow.paused' : 'flow.resumed', subjectId: flowId, before: !wanted, after: wanted }),
      ]);
      if (wanted) paused.add(flowId);
      else paused.delete(flowId);
      changed();
    },
    setDraining: (actorId, draining) =>
      set(actorId, { id: drainId, note: draining ? '' : null, action: draining ? 'maintenance.began' : 'maintenance.ended' }),
    setConnector: (actorId, use, note) => set(actorId, { id: idOf(use), note, action: note === null ? 'connector.switched_on' : 'connector.switched_off' }),
    forget(flowId) {
      paused.delete(flowId);
    },
  };
}
