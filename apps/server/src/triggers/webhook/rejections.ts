import { desc, eq, sql } from 'drizzle-orm';
import type { Catalogue } from '@weft/flow';
import { commit, statement } from '../../db/commit.ts';
import { newId } from '../../db/ids.ts';
import type { Db } from '../../db/open.ts';
import { flows, rejections } from '../../db/schema/index.ts';
import type { LiveEvents } from '../../events/live-events.ts';
import type { Rejection } from '@weft/api';
import { redactExcerpt } from '../../redact/redact-excerpt.ts';
import type { Hook } from './hook-index.ts';
import type { Refusal } from './refusal.ts';
import { webhookPath } from './webhook-path.ts';

export interface Rejections {
  /** Kept for the flow's owner; a flood is kept in part. */
  add(call: { address: string; hook: Pick<Hook, 'workspaceId' | 'flowId'> | null; refusal: Refusal; body: Buffer }): Promise<void>;
  /** The newest first. */
  list(flowId: string): Promise<Rejection[]>;
}

export interface RejectionsParts {
  db: Db;
  catalogue: Catalogue;
  events: LiveEvents;
  now?: () => number;
}

const keptPerFlow = 100;
const maxExcerptLength = 1_024;
/** Strangers decide how many calls are refused; the disk decides how many are written: as many for each flow, and for all calls to no flow together. */
const writtenPerSecond = 20;

export function createRejections({ db, catalogue, events, now = Date.now }: RejectionsParts): Rejections {
  let second = 0;
  const written = new Map<string, number>();

  function flooded(by: string): boolean {
    const current = Math.floor(now() / 1_000);
    if (current !== second) written.clear();
    second = current;
    const count = (written.get(by) ?? 0) + 1;
    written.set(by, count);
    return count > writtenPerSecond;
  }

  /** The flow whose draft means to listen there: its owner wonders why nothing arrives. */
  function flowOfDraft(address: string): { workspaceId: string; flowId: string } | undefined {
    const slash = address.indexOf('/');
    const [workspaceId, path] = [address.slice(0, slash), address.slice(slash + 1)];
    const names = sql`exists (select 1 from json_each(${flows.draft}, '$.steps') step where step.value ->> '$.kind' = 'trigger'
      and step.value ->> '$.config.path' = ${path})`;
    return db
      .select({ workspaceId: flows.workspaceId, flowId: flows.id, draft: flows.draft })
      .from(flows)
      .where(sql`${flows.workspaceId} = ${workspaceId} and ${flows.deletedAt} is null and ${names}`)
      .all()
      .find(({ draft }) => webhookPath(draft, catalogue) === path);
  }

  return {
    async add({ address, hook, refusal, body }) {
      if (flooded(hook?.flowId ?? 'no flow')) return;
      const flow = hook ?? flowOfDraft(address);
      if (!flow) return;
      const { workspaceId, flowId } = flow;
      const row = {
        id: newId('rej'),
        workspaceId,
        flowId,
        at: now(),
        reason: refusal.reason,
        message: refusal.message,
        excerpt: redactExcerpt(body, maxExcerptLength),
      };
      await commit(db, [
        statement(db.insert(rejections).values(row)),
        statement(
          db.delete(rejections).where(
            sql`${rejections.flowId} = ${flowId} and ${rejections.id} not in (
              select id from rejections where flow_id = ${flowId} order by id desc limit ${keptPerFlow})`,
          ),
        ),
      ]);
      events.publish(workspaceId, { type: 'rejected', flowId, rejection: rejectionOf(row) });
    },
    async list(flowId) {
      return db.select().from(rejections).where(eq(rejections.flowId, flowId)).orderBy(desc(rejections.id)).limit(keptPerFlow).all().map(rejectionOf);
    },
  };
}

function rejectionOf({ id, at, reason, message, excerpt }: typeof rejections.$inferSelect): Rejection {
  return { id, at: new Date(at).toISOString(), reason, message, excerpt };
}
