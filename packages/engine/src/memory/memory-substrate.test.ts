import { describeSubstrate } from '../conformance/index.ts';
import { createMemoryStore } from './memory-store.ts';
import { createMemorySubstrate } from './memory-substrate.ts';

describeSubstrate('in memory', async () => {
  const store = createMemoryStore();
  return {
    substrate: createMemorySubstrate(store),
    reopen: async () => createMemorySubstrate(store),
    statusOf: async (runId) => store.runs.get(runId)?.status,
    dispose: async () => store.runs.clear(),
  };
});
