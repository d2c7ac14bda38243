import { createMemorySubstrate } from '../memory/memory-substrate.ts';
import type { MemoryStore } from '../memory/memory-store.ts';
import type { NewRun, Substrate } from '../substrate.ts';

export interface Death {
  /** Counted from 0, over every kind of commit of a run in progress. */
  commit: number;
  /** Before it: nothing of it is stored. After it: its result is lost. */
  when: 'before' | 'after';
}

/** The substrate of a process that dies at a commit. */
export function dyingAt({ commit, when }: Death, store: MemoryStore): { substrate: Substrate; died: Promise<void> } {
  const inner = createMemorySubstrate(store);
  const { promise: died, resolve } = Promise.withResolvers<void>();
  const silence = new Promise<never>(() => undefined);
  let count = 0;
  let isDead = false;
  const write = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isDead) return silence;
    if (count++ !== commit) return work();
    isDead = true;
    if (when === 'after') await work();
    resolve();
    return silence;
  };
  const substrate: Substrate = {
    ...inner,
    commit: (lease, entries, stream) => write(() => inner.commit(lease, entries, stream)),
    finish: (lease, outcome, entries) => write(() => inner.finish(lease, outcome, entries)),
    park: (lease, waits, entries) => write(() => inner.park(lease, waits, entries)),
    takeSignal: (lease, wait, entriesOf) => write(() => inner.takeSignal(lease, wait, entriesOf)),
  };
  return { substrate, died };
}

/** Leaves a run in the queue, `run_1` if nothing else is said, as a process before would have. */
export async function queueRun(store: MemoryStore, extras: Partial<NewRun> = {}): Promise<Substrate> {
  const substrate = createMemorySubstrate(store);
  await substrate.open();
  await substrate.start({ runId: 'run_1', workspaceId: 'ws', flowId: 'f', versionId: 'v', mode: 'live', payload: {}, createdAt: 1_600_000_000_000, ...extras });
  return substrate;
}
