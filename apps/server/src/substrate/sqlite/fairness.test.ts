import type { QueueRules } from '@weft/engine';
import { afterEach, expect, test } from 'vitest';
import { temporaryStore } from '../../../test/temporary-store.ts';
import { newId } from '../../db/ids.ts';
import { createSqliteSubstrate } from './sqlite-substrate.ts';

const disposals: (() => void)[] = [];
afterEach(() => {
  for (const dispose of disposals.splice(0)) dispose();
});

async function open(rules: QueueRules) {
  const { db, dispose } = temporaryStore();
  disposals.push(dispose);
  const substrate = createSqliteSubstrate({ database: db.$client, rules });
  await substrate.open();
  const queue = async (workspaceId: string, flowId: string, runs: number) => {
    const started = Array.from({ length: runs }, () => substrate.start({
      runId: newId('run'),
      workspaceId,
      flowId,
      versionId: `ver_${flowId}`,
      mode: 'live',
      payload: {},
      createdAt: 1,
    }));
    await Promise.all(started);
  };
  const claimed = async (places: number) => (await substrate.claim(places)).map(({ run }) => run.flowId);
  return { substrate, queue, claimed };
}

test('a workspace that is alone may take its share of the places and no more: the next one finds room at once', async () => {
  const { queue, claimed } = await open({ perWorkspace: () => 8 });
  await queue('ws_busy', 'a', 30);
  await queue('ws_busy', 'b', 30);
  expect((await claimed(10)).length).toBe(8);
  await queue('ws_quiet', 'q', 1);
  expect(await claimed(10)).toEqual(['q']);
});

test('the same holds for a single flow of it', async () => {
  const { queue, claimed } = await open({ perWorkspace: () => 8 });
  await queue('ws_busy', 'a', 30);
  expect((await claimed(10)).length).toBe(8);
});

test('workspaces take turns, however many runs came before, and so do the flows of one', async () => {
  const { queue, claimed } = await open({});
  await queue('ws_busy', 'a', 30);
  await queue('ws_busy', 'b', 30);
  await queue('ws_quiet', 'q', 3);
  expect((await claimed(6)).toSorted()).toEqual(['a', 'a', 'b', 'q', 'q', 'q']);
  expect((await claimed(4)).toSorted()).toEqual(['a', 'a', 'b', 'b']);
});
