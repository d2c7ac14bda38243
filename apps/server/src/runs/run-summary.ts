import type { QueueReason, RunStatus, RunError } from '@weft/engine';
import type { RunSummary } from '@weft/api';
import { redactSaid } from '../redact/redact-said.ts';
import type { VersionDocuments } from '../stores/flows/version-documents.ts';

/** What the lists show of a run, as its row holds it. */
export interface RunFacts {
  id: string;
  flowId: string;
  versionId: string;
  mode: 'live' | 'test';
  status: RunStatus;
  createdAt: number;
  finishedAt: number | null;
  error: RunError | null;
  /** Why it waits in the queue, where that is known. */
  queued?: QueueReason;
  name?: string | null;
  title?: string | null | undefined;
  pinned?: boolean | null;
  replayOf?: string | null | undefined;
  /** Default none. */
  lastReplay?: RunSummary['lastReplay'] | undefined;
  /** Default 0. */
  openDeadLetters?: number | undefined;
  /** Default 0. */
  warnings?: number | undefined;
}

export function runSummary(facts: RunFacts, documents: Pick<VersionDocuments, 'find'>): RunSummary {
  const found = documents.find(facts.versionId);
  const { id, flowId, mode, status, createdAt, finishedAt, error, queued, name, pinned, replayOf, lastReplay, openDeadLetters, warnings, title } = facts;
  return {
    id,
    flowId,
    flowTitle: found?.document.title ?? 'Deleted flow',
    mode,
    status,
    version: found?.number ?? null,
    createdAt: new Date(createdAt).toISOString(),
    finishedAt: finishedAt === null ? null : new Date(finishedAt).toISOString(),
    durationMs: finishedAt === null ? null : Math.max(0, finishedAt - createdAt),
    error: error && redactSaid(error),
    queued: queued ?? null,
    name: name ?? null,
    title: title ?? null,
    pinned: pinned ?? false,
    replayOf: replayOf ?? null,
    lastReplay: lastReplay ?? null,
    openDeadLetters: openDeadLetters ?? 0,
    warnings: warnings ?? 0,
  };
}
