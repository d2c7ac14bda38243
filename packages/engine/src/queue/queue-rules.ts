import type { SentenceRef } from '@weft/sentences';
import { say } from '../sentences.en.ts';

/** Runs that are alike for the queue: the same flow on the same version. */
export interface Lane {
  workspaceId: string;
  flowId: string;
  versionId: string;
  mode: 'live' | 'test';
}

/** Why a run waits in the queue. */
export type QueueReason =
  /** A person paused the flow. */
  | { kind: 'paused' }
  /** A connector version that the flow needs was switched off by an administrator, who said why. */
  | { kind: 'connector'; connector: string; version: string; note: string }
  /** An administrator prepares maintenance: nothing new begins. */
  | { kind: 'draining' }
  /** So many runs of the flow are in progress already. */
  | { kind: 'limit'; limit: number }
  /** A run with the same key came before and has not ended. */
  | { kind: 'key'; runId: string }
  /** The workspace uses its share of the places; the rest is kept for others. */
  | { kind: 'share' }
  /** All places are taken; it is next when one is free. */
  | { kind: 'places' };

/** What the installation says about the queue. Every answer comes from memory: it is asked at every start and claim. */
export interface QueueRules {
  /** Live runs of a flow at once. Default: as many as there are places. */
  limitOf?(lane: Lane): number | undefined;
  /** Why runs of this lane must not begin now; undefined: they may. */
  holdOn?(lane: Lane): QueueReason | undefined;
  /** Runs of one workspace at once, so that others always find a place. Default: all places. */
  perWorkspace?(): number;
  /** Most live runs that one flow, and all flows together, may have in the queue. Default: no bound. */
  bounds?(): { perFlow: number; inAll: number };
}

/** The queue takes no further run: nothing was stored. The caller tries again later. */
export class QueueFull extends Error {
  readonly scope: 'flow' | 'installation';
  readonly bound: number;
  /** `message`, as what it can be said by in another language. */
  readonly sentence: SentenceRef;

  constructor(scope: 'flow' | 'installation', bound: number) {
    const runs = bound.toLocaleString('en');
    const { message, sentence } = scope === 'flow' ? say('run.queue.full.flow', { runs }) : say('run.queue.full', { runs });
    super(message);
    this.sentence = sentence;
    this.name = 'QueueFull';
    this.scope = scope;
    this.bound = bound;
  }
}
