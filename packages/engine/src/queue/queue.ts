import { createRegistry } from '../registry.ts';
import { QueueFull, type Lane, type QueueReason, type QueueRules } from './queue-rules.ts';

/** Some runs of one lane, as a store counts them. `ready` are those that wait for nothing but a place. */
export interface LaneCount extends Lane {
  queued: number;
  ready: number;
}

/**
 * Who waits and who may begin, counted in memory beside a store's rows, so that neither a start nor a claim looks through the queue:
 * a hundred thousand waiting runs of a paused flow cost a claim nothing.
 *
 * A run is *ready* unless a run with the same key came before it and has not ended; the store keeps that with the row.
 */
export interface Queue {
  /** What the store says, read anew. @param running - run id → lane of all in progress; without it those known stay. */
  reset(counts: readonly LaneCount[], running?: ReadonlyMap<string, Lane>): void;
  /**
   * Refuses a run that would make the queue longer than the rules allow.
   * @param others - runs of the same lane that enter in the same commit, counted with it. Default 0.
   * @throws {QueueFull}
   */
  admit(lane: Lane, others?: number): void;
  entered(lane: Lane, options: { ready: boolean }): void;
  left(lane: Lane, options: { ready: boolean }): void;
  /** The run ahead of it with the same key has ended. */
  becameReady(lane: Lane): void;
  begun(runId: string, lane: Lane): void;
  /** Ended, parked, or lost: its place is free. */
  ended(runId: string): void;
  /** Why a run of this lane could not begin now; undefined: it could, given a place. */
  obstacle(lane: Lane): QueueReason | undefined;
  /**
   * Whose turn it is, and how many runs it may begin: the workspace with the fewest runs in progress, its flow that waited
   * longest, that flow's oldest version. Undefined when no run may begin.
   */
  next(): { lane: Lane; atMost: number } | undefined;
  counts(): { queued: number; running: number };
}

interface LaneState {
  lane: Lane;
  queued: number;
  ready: number;
}

interface FlowState {
  queued: number;
  running: number;
  /** When it was last given a turn. */
  turn: number;
}

interface WorkspaceState {
  running: number;
  turn: number;
}

/** Where a run in progress is counted. */
interface Place {
  workspace: WorkspaceState;
  /** Undefined for a test. */
  flow: FlowState | undefined;
}

export function createQueue(rules: QueueRules = {}): Queue {
  const lanes = new Map<string, LaneState>();
  /** Live runs only: tests are neither limited nor bounded. A flow stays when its last run has ended: the next one comes soon. */
  const flows = new Map<string, FlowState>();
  const workspaces = new Map<string, WorkspaceState>();
  const running = createRegistry<Place>();
  let turns = 0;
  let queuedInAll = 0;

  const stateOf = (lane: Lane): LaneState => {
    const key = `${lane.flowId} ${lane.versionId} ${lane.mode}`;
    let state = lanes.get(key);
    if (!state) {
      lanes.set(
        key,
        (state = { lane: { workspaceId: lane.workspaceId, flowId: lane.flowId, versionId: lane.versionId, mode: lane.mode }, queued: 0, ready: 0 }),
      );
    }
    return state;
  };

  function flowOf(flowId: string): FlowState {
    let flow = flows.get(flowId);
    if (!flow) flows.set(flowId, (flow = { queued: 0, running: 0, turn: 0 }));
    return flow;
  }

  function workspaceOf(workspaceId: string): WorkspaceState {
    let workspace = workspaces.get(workspaceId);
    if (!workspace) workspaces.set(workspaceId, (workspace = { running: 0, turn: 0 }));
    return workspace;
  }

  function count(lane: Lane, by: { queued: number; ready: number }): void {
    const state = stateOf(lane);
    state.queued += by.queued;
    state.ready += by.ready;
    if (state.queued <= 0) lanes.delete(`${lane.flowId} ${lane.versionId} ${lane.mode}`);
    if (lane.mode === 'test') return;
    queuedInAll += by.queued;
    flowOf(lane.flowId).queued += by.queued;
  }

  /** Places that the lane's flow has left. */
  function roomOf(lane: Lane): number {
    const limit = lane.mode === 'live' ? rules.limitOf?.(lane) : undefined;
    return limit === undefined ? Number.POSITIVE_INFINITY : limit - (flows.get(lane.flowId)?.running ?? 0);
  }

  const shareOf = (workspaceId: string): number => (rules.perWorkspace?.() ?? Number.POSITIVE_INFINITY) - (workspaces.get(workspaceId)?.running ?? 0);

  function obstacle(lane: Lane): QueueReason | undefined {
    const hold = rules.holdOn?.(lane);
    if (hold) return hold;
    if (roomOf(lane) <= 0) return { kind: 'limit', limit: rules.limitOf?.(lane) ?? 0 };
    if (shareOf(lane.workspaceId) <= 0) return { kind: 'share' };
    return undefined;
  }

  function isBefore(a: Lane, b: Lane): boolean {
    if (a.workspaceId !== b.workspaceId) {
      const [one, other] = [workspaceOf(a.workspaceId), workspaceOf(b.workspaceId)];
      return one.running !== other.running ? one.running < other.running : one.turn < other.turn;
    }
    if (a.flowId !== b.flowId) return (flows.get(a.flowId)?.turn ?? 0) < (flows.get(b.flowId)?.turn ?? 0);
    // Ids rise: runs on an older version came before those on a newer one.
    return a.versionId < b.versionId;
  }

  function begun(runId: string, lane: Lane): void {
    if (running.has(runId)) return;
    const workspace = workspaceOf(lane.workspaceId);
    const flow = lane.mode === 'live' ? flowOf(lane.flowId) : undefined;
    running.set(runId, { workspace, flow });
    workspace.running += 1;
    workspace.turn = turns += 1;
    if (!flow) return;
    flow.running += 1;
    flow.turn = turns;
  }

  function ended(runId: string): void {
    const place = running.take(runId);
    if (!place) return;
    place.workspace.running -= 1;
    if (place.flow) place.flow.running -= 1;
  }

  return {
    reset(counts, inProgress) {
      lanes.clear();
      queuedInAll = 0;
      for (const flow of flows.values()) flow.queued = 0;
      for (const { queued, ready, ...lane } of counts) count(lane, { queued, ready });
      if (inProgress) {
        for (const runId of running.ids()) if (!inProgress.has(runId)) ended(runId);
        for (const [runId, lane] of inProgress) begun(runId, lane);
      }
      for (const [flowId, flow] of flows) if (flow.queued === 0 && flow.running === 0) flows.delete(flowId);
    },
    admit(lane, others = 0) {
      const bounds = lane.mode === 'live' ? rules.bounds?.() : undefined;
      if (!bounds) return;
      if ((flows.get(lane.flowId)?.queued ?? 0) + others >= bounds.perFlow) throw new QueueFull('flow', bounds.perFlow);
      if (queuedInAll + others >= bounds.inAll) throw new QueueFull('installation', bounds.inAll);
    },
    entered: (lane, { ready }) => count(lane, { queued: 1, ready: ready ? 1 : 0 }),
    left: (lane, { ready }) => count(lane, { queued: -1, ready: ready ? -1 : 0 }),
    becameReady: (lane) => count(lane, { queued: 0, ready: 1 }),
    begun,
    ended,
    obstacle,
    next() {
      let best: Lane | undefined;
      let others = 0;
      for (const { lane, ready } of lanes.values()) {
        if (ready <= 0 || obstacle(lane)) continue;
        others += 1;
        if (!best || isBefore(lane, best)) best = lane;
      }
      if (!best) return undefined;
      // Alone it may take all; among others they take turns.
      const atMost = others > 1 ? 1 : Math.min(lanes.get(`${best.flowId} ${best.versionId} ${best.mode}`)?.ready ?? 1, roomOf(best), shareOf(best.workspaceId));
      return { lane: best, atMost };
    },
    counts: () => ({ queued: [...lanes.values()].reduce((sum, { queued }) => sum + queued, 0), running: running.size }),
  };
}
