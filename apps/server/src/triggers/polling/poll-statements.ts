import { and, eq, ne } from 'drizzle-orm';
import type { Catalogue } from '@weft/flow';
import { equal, isObject, type Json } from '@weft/json-schema';
import { type Statement, statement } from '../../db/commit.ts';
import type { Db } from '../../db/open.ts';
import { connections, cursors, polls } from '../../db/schema/index.ts';
import { readStored } from '../../db/read-stored.ts';
import type { RunningState } from '../../stores/flows/writer.ts';
import { cursorName } from './cursor-name.ts';
import { pollingOf, sourceName, type PollingTrigger } from './polling-trigger.ts';

/** What publishing and switching change about a flow's polls, for the same commit. What it has read is kept: nothing is read twice. */
export function pollStatements(db: Db, catalogue: Catalogue, { workspaceId, flowId, running }: RunningState, now = Date.now()): Statement[] {
  const trigger = running && pollingOf(running.document, catalogue);
  if (!trigger) return [statement(db.delete(polls).where(eq(polls.flowId, flowId)))];
  const row = { workspaceId, intervalMs: trigger.intervalMs, nextAt: now, failures: 0, error: null, stopped: false };
  return [
    statement(db.insert(polls).values({ flowId, ...row }).onConflictDoUpdate({ target: polls.flowId, set: row })),
    ...cursorKept(db, workspaceId, flowId, trigger),
  ];
}

/** Another connection to the same place reads the same source: the cursor goes over to it, with the name under which items were seen. */
function cursorKept(db: Db, workspaceId: string, flowId: string, trigger: PollingTrigger): Statement[] {
  const stored = db.select().from(cursors).where(eq(cursors.name, cursorName(flowId))).get();
  // Written by `read-page.ts`.
  const value = stored && readStored<Json>(stored.value);
  if (!stored || !isObject(value) || typeof value['source'] !== 'string' || value['source'] === trigger.source || trigger.connection === undefined) return [];
  const was = value['source'];
  const isWas = ({ id }: { id: string }) => sourceName(trigger.use, id, trigger.config) === was;
  if (!leadingThere(db, workspaceId, trigger.connection).some(isWas)) return [];
  const kept = { ...value, source: trigger.source, seenAs: value['seenAs'] ?? was };
  return [statement(db.update(cursors)
    .set({ value: JSON.stringify(kept), revision: stored.revision + 1 })
    .where(and(eq(cursors.name, stored.name), eq(cursors.revision, stored.revision))))];
}

/** Other connections of the workspace that lead to where this one leads: the same settings, whatever the credentials. */
function leadingThere(db: Db, workspaceId: string, connectionId: string): { id: string }[] {
  const ours = eq(connections.workspaceId, workspaceId);
  const own = db.select().from(connections).where(and(ours, eq(connections.id, connectionId))).get();
  if (!own) return [];
  const others = db.select({ id: connections.id, config: connections.config })
    .from(connections)
    .where(and(ours, eq(connections.connector, own.connector), eq(connections.scheme, own.scheme), ne(connections.id, own.id)));
  return others.all().filter(({ config }) => equal(config, own.config));
}
