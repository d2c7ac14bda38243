import type { JournalEntry, NewRun } from '@weft/engine';
import { emptyFlow } from '@weft/flow';
import { expect, test } from 'vitest';
import type { LiveEvent } from '@weft/api';
import { createLiveEvents } from '../events/live-events.ts';
import { createRunUpdates } from './run-updates.ts';

const run: NewRun = { runId: 'run_1', workspaceId: 'ws_1', flowId: 'flow_1', versionId: 'ver_1', mode: 'live', payload: null, createdAt: 1_000 };
const documents = { find: () => ({ document: emptyFlow('Orders'), number: 3 }) };
const entry = (stepKey: string, extras: Partial<JournalEntry> = {}): JournalEntry => ({ stepKey, attempt: 1, kind: 'succeeded', at: 1, ...extras });

function watched() {
  const events = createLiveEvents();
  const seen: LiveEvent[] = [];
  events.subscribe('ws_1', (event) => seen.push(event));
  return { updates: createRunUpdates({ events, documents }), seen };
}

test('what happens to a run at once becomes one update of its steps and one of the run', () => {
  const { updates, seen } = watched();
  updates.publish({ type: 'run.started', run, at: 1_000 });
  updates.publish({ type: 'run.steps', run, entries: [entry('trigger')] });
  updates.publish({ type: 'run.steps', run, entries: [entry('http1', { output: { token: 'abc', ok: true } })] });
  updates.publish({ type: 'run.finished', run, outcome: { status: 'succeeded', at: 1_250 } });
  updates.close();
  expect(seen).toMatchObject([
    { type: 'steps', runId: 'run_1', entries: [{ stepKey: 'trigger' }, { stepKey: 'http1', output: { token: '••••••', ok: true } }] },
    { type: 'run', run: { id: 'run_1', flowTitle: 'Orders', version: 3, status: 'succeeded', durationMs: 250 } },
  ]);
});

test('a long loop sends the newest entries of every step, and large values are left to the run page', () => {
  const { updates, seen } = watched();
  const items = Array.from({ length: 5_000 }, (_, index) => entry(`each[${index}]/stock`));
  updates.publish({ type: 'run.steps', run, entries: [entry('trigger', { output: 'x'.repeat(100_000) }), ...items] });
  updates.close();
  const [steps] = seen.filter((event) => event.type === 'steps');
  expect(steps?.entries.length).toBeLessThanOrEqual(200);
  expect(steps?.entries[0]).toEqual(entry('trigger'));
  expect(steps?.entries.at(-1)?.stepKey).toBe('each[4999]/stock');
});

test('nothing is prepared while nobody looks', () => {
  const updates = createRunUpdates({ events: createLiveEvents(), documents: { find: () => expect.unreachable() } });
  updates.publish({ type: 'run.started', run, at: 1 });
  updates.close();
});
