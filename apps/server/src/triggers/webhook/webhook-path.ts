import { and, eq } from 'drizzle-orm';
import { triggerSettings } from '@weft/connector-sdk';
import type { Catalogue, FlowDocument } from '@weft/flow';
import { type Statement, statement } from '../../db/commit.ts';
import type { Db } from '../../db/open.ts';
import { flows, webhookPaths } from '../../db/schema/index.ts';
import { Refused } from '../../refused.ts';
import type { RunningState } from '../../stores/flows/writer.ts';
import { triggerBy } from '../flow-trigger.ts';

/** The path a document's trigger listens at; null for other triggers, and before a path has been chosen. */
export function webhookPath(document: FlowDocument, catalogue: Catalogue): string | null {
  const trigger = triggerBy('webhook', document, catalogue);
  const path = trigger && triggerSettings(trigger.operation, trigger.step.config)['path'];
  return typeof path === 'string' && path !== '' ? path : null;
}

/**
 * A flow keeps the address of its published version, also while it is switched off.
 * @throws {Refused} 422 `webhook.path_taken` when another flow listens there.
 */
export function pathStatements(db: Db, catalogue: Catalogue, { workspaceId, flowId, published }: RunningState): Statement[] {
  if (published === undefined) return [];
  const forget = statement(db.delete(webhookPaths).where(eq(webhookPaths.flowId, flowId)));
  const path = published && webhookPath(published.document, catalogue);
  if (path === null) return [forget];
  const holder = holderOf(db, workspaceId, path);
  if (holder && holder.flowId !== flowId) throw pathTaken(path, holder.title);
  // Nothing is inserted when another flow was published at this path since we looked.
  return [
    forget,
    statement(db.insert(webhookPaths).values({ workspaceId, path, flowId }).onConflictDoNothing(), { rows: 1, otherwise: () => pathTaken(path) }),
  ];
}

const holderOf = (db: Db, workspaceId: string, path: string) =>
  db
    .select({ flowId: webhookPaths.flowId, title: flows.title })
    .from(webhookPaths)
    .innerJoin(flows, eq(flows.id, webhookPaths.flowId))
    .where(and(eq(webhookPaths.workspaceId, workspaceId), eq(webhookPaths.path, path)))
    .get();

export function pathTaken(path: string, title?: string): Refused {
  const sentence = `${title === undefined ? 'Another flow' : `The flow “${title}”`} already listens at /${path}. Choose another path for this trigger.`;
  return new Refused(422, 'webhook.path_taken', sentence, { issues: [{ path: ['config', 'path'], message: sentence }] });
}
