import { expect, it } from 'vitest';
import { createMemoryStore, createMemorySubstrate } from './index.ts';
import { begin, benchOf, flowOf, send } from './testing/workshop.ts';

it('one workspace’s runs, however many and however long, keep no other workspace waiting', async () => {
  const store = createMemoryStore();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const bench = await benchOf(flowOf({ begin: begin(), send: send() }, ['begin → send']), {
    store,
    substrate: createMemorySubstrate(store, { perWorkspace: () => 8 }),
    concurrency: 10,
    handle: async ({ run }) => {
      if (run.workspaceId === 'ws_busy') await released;
      return {};
    },
  });
  const busy =
    await Promise.all(Array.from({ length: 100 }, () => bench.engine.start(bench.newRun({ workspaceId: 'ws_busy', flowId: 'flow_busy' }), { lease: true })));
  // None of the busy ones ends before this one has.
  const quiet = await bench.run({}, { workspaceId: 'ws_quiet', flowId: 'flow_quiet' });
  expect(quiet.outcome.status).toBe('succeeded');
  expect(bench.engine.counts()).toEqual({ queued: 92, running: 8 });
  release();
  expect((await Promise.all(busy.map(({ finished }) => finished))).every(({ status }) => status === 'succeeded')).toBe(true);
});
