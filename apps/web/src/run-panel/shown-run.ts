import type { FlowDocument } from '@weft/flow';
import type { RunDetail } from '@weft/api';
import type { RunRecord } from './record/run-record.ts';
import { runKey } from './record/rows.ts';

/** A run as far as it is known: right after the start that is only its flow. */
export interface ShownRun {
  id: string;
  flow: FlowDocument;
  status: RunDetail['status'];
  /** Milliseconds since the epoch. */
  startedAt: number;
  finishedAt?: number;
  /** The rest, once it has been read. */
  detail?: RunDetail;
}

/** @param isAtWork - steps have begun: what was read before may still say `queued`, unless it also says why it is so again. */
export function shownRun(detail: RunDetail, isAtWork: boolean): ShownRun {
  return {
    id: detail.id,
    flow: detail.document,
    status: detail.status === 'queued' && isAtWork && detail.queued === null ? 'running' : detail.status,
    startedAt: Date.parse(detail.createdAt),
    ...(detail.finishedAt !== null && { finishedAt: Date.parse(detail.finishedAt) }),
    detail,
  };
}

/** Before the server has told anything about it. */
export const beginningRun = (id: string, flow: FlowDocument, startedAt: number): ShownRun => ({ id, flow, status: 'running', startedAt });

export const isOver = ({ status }: Pick<ShownRun, 'status'>): boolean => status !== 'queued' && status !== 'running' && status !== 'waiting';

/** It is in the queue: what had begun stands still. */
export const isAside = ({ status }: Pick<ShownRun, 'status'>): boolean => status === 'queued';

/** What a person wants to see first: where it failed or waits, else the run as a whole. */
export function whatMatters(run: ShownRun, record: RunRecord): string {
  if (run.status === 'waiting') return [...record.steps.values()].find(({ status }) => status === 'parked')?.key ?? runKey;
  if (run.status !== 'failed') return runKey;
  const named = run.detail?.error?.stepKey;
  if (named !== undefined && record.steps.has(named)) return named;
  const failed = [...record.steps.values()].find(({ status, port }) => status === 'failed' && port === undefined);
  return failed?.key ?? runKey;
}
