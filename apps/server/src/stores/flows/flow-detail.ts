import type { FlowDetail } from '@weft/api';
import type { flows } from '../../db/schema/index.ts';

export interface FlowFacts {
  flow: typeof flows.$inferSelect;
  /** When the live version was published. */
  publishedAt: number | null;
  webhookUrl: string | null;
}

/** A flow as its people see it. */
export function flowDetail({ flow, publishedAt, webhookUrl }: FlowFacts): FlowDetail {
  const { id, title, draft, revision, enabled, pausedAt, publishedNumber, unpublishedChanges, updatedAt } = flow;
  return {
    id,
    title,
    draft,
    revision,
    enabled,
    paused: pausedAt !== null,
    published: publishedNumber === null || publishedAt === null ? null : { number: publishedNumber, publishedAt: new Date(publishedAt).toISOString() },
    unpublishedChanges,
    updatedAt: new Date(updatedAt).toISOString(),
    webhookUrl,
  };
}
