import { describeSubstrate } from '../conformance/index.ts';
import { createMemoryStore } from './memory-store.ts';
import { createMemorySubstrate, MemoryWrite } from './memory-substrate.ts';

describeSubstrate('in memory', async (rules) => {
  const store = createMemoryStore();
  const rows: string[] = [];
  return {
    substrate: createMemorySubstrate(store, rules),
    reopen: async () => createMemorySubstrate(store, rules),
    statusOf: async (runId) => store.runs.get(runId)?.status,
    alongside: (row) =>
      new MemoryWrite(() => {
        if (rows.includes(row)) throw new Error(`The row ${row} is there already.`);
        rows.push(row);
      }),
    rows: async () => rows,
    dispose: async () => store.runs.clear(),
  };
});
