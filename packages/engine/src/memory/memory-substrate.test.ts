import { describeSubstrate } from '../conformance/index.ts';
import { createMemoryStore } from './memory-store.ts';
import { createMemorySubstrate } from './memory-substrate.ts';

describeSubstrate('in memory', async (rules) => {
  const store = createMemoryStore();
  return {
    substrate: createMemorySubstrate(store, rules),
    reopen: async () => createMemorySubstrate(store, rules),
    statusOf: async (runId) => store.runs.get(runId)?.status,
    dispose: async () => store.runs.clear(),
  };
});
