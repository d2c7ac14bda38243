import { createQueue, type LaneCount } from '../queue/queue.ts';
import type { Lane, QueueReason, QueueRules } from '../queue/queue-rules.ts';
import type { NewRun } from '../substrate.ts';
import type { MemoryStore, StoredRun } from './memory-store.ts';

/** The queue of a memory store. It looks through all runs each time, which a store in memory can afford. */
export interface MemoryQueue {
  /** Why a new run could not begin at once. */
  obstacle(run: NewRun): QueueReason | undefined;
  /** @throws {QueueFull} */
  admit(run: NewRun): void;
  /** Up to so many runs whose turn it is. */
  take(places: number): StoredRun[];
  mayClaim(): boolean;
  counts(): { queued: number; running: number };
  whyQueued(runId: string): QueueReason | undefined;
}

/** @param buffered - runs in progress that the store does not have yet. */
export function createMemoryQueue(store: MemoryStore, buffered: ReadonlyMap<string, NewRun>, rules: QueueRules): MemoryQueue {
  const queue = createQueue(rules);

  const laneOf = ({ workspaceId, flowId, versionId, mode }: NewRun): Lane => ({ workspaceId, flowId, versionId, mode });
  const keyOf = ({ flowId, key }: NewRun): string | undefined => (key === undefined ? undefined : `${flowId}\n${key}`);
  const isOpen = ({ status }: StoredRun): boolean => status === 'queued' || status === 'running' || status === 'waiting';

  /** The first run of each key that has not ended. */
  function heads(): Map<string, string> {
    const first = new Map<string, string>();
    for (const run of [...buffered.values(), ...[...store.runs.values()].filter(isOpen).map(({ run }) => run)]) {
      const key = keyOf(run);
      if (key !== undefined && !first.has(key)) first.set(key, run.runId);
    }
    return first;
  }

  function behind(run: NewRun, first = heads()): QueueReason | undefined {
    const key = keyOf(run);
    const ahead = key === undefined ? undefined : first.get(key);
    return ahead === undefined || ahead === run.runId ? undefined : { kind: 'key', runId: ahead };
  }

  /** Queued runs that wait for nothing but a place, in the order of their coming. */
  function look(): StoredRun[] {
    const first = heads();
    const ready: StoredRun[] = [];
    const counts = new Map<string, LaneCount>();
    const running = new Map<string, Lane>([...buffered.values()].map((run) => [run.runId, laneOf(run)]));
    for (const stored of store.runs.values()) {
      if (stored.status === 'running') running.set(stored.run.runId, laneOf(stored.run));
      if (stored.status !== 'queued') continue;
      const isReady = !behind(stored.run, first);
      if (isReady) ready.push(stored);
      const { flowId, versionId, mode } = stored.run;
      const id = `${flowId}\n${versionId}\n${mode}`;
      const known = counts.get(id) ?? { ...laneOf(stored.run), queued: 0, ready: 0 };
      counts.set(id, { ...known, queued: known.queued + 1, ready: known.ready + (isReady ? 1 : 0) });
    }
    queue.reset([...counts.values()], running);
    return ready;
  }

  return {
    obstacle(run) {
      look();
      return queue.obstacle(laneOf(run)) ?? behind(run);
    },
    admit(run) {
      look();
      queue.admit(laneOf(run));
    },
    take(places) {
      const ready = look();
      const taken: StoredRun[] = [];
      for (let turn = queue.next(); turn && taken.length < places; turn = queue.next()) {
        const { lane } = turn;
        const at = ready.findIndex(({ run }) => run.flowId === lane.flowId && run.versionId === lane.versionId && run.mode === lane.mode);
        const [stored] = ready.splice(at, 1);
        if (!stored) break;
        queue.left(lane, { ready: true });
        queue.begun(stored.run.runId, lane);
        taken.push(stored);
      }
      return taken;
    },
    mayClaim() {
      look();
      return queue.next() !== undefined;
    },
    counts() {
      look();
      return queue.counts();
    },
    whyQueued(runId) {
      const stored = store.runs.get(runId);
      if (stored?.status !== 'queued') return undefined;
      look();
      return queue.obstacle(laneOf(stored.run)) ?? behind(stored.run) ?? { kind: 'places' };
    },
  };
}
