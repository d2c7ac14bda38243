import { describe, expect, it } from 'vitest';
import type { Step } from '@weft/flow';
import { benchAt, startedAt } from './testing/clocked-bench.ts';
import { begin, flowOf, mappingOf, path, send } from './testing/workshop.ts';

const approval = (changes: object = {}): Step => ({
  kind: 'approval',
  title: 'Ask',
  question: 'May it go?',
  assignees: { users: ['usr_1'], roles: [] },
  ...changes,
});

describe('an approval', () => {
  const flow = flowOf({
    begin: begin(),
    ask: approval({ input: mappingOf({ total: path('begin', 'total') }) }),
    yes: send({ title: 'yes' }),
    no: send({ title: 'no' }),
  }, ['begin → ask', 'ask.approved → yes', 'ask.rejected → no']);
  const decision = (approved: boolean) => ({
    approved,
    comment: 'ok',
    decidedBy: { id: 'usr_1', name: 'Ada', email: 'ada@example.com' },
    decidedAt: '2026-03-01T11:00:00.000Z',
  });

  it.each([
    [true, 'yes'],
    [false, 'no'],
  ])('that says %s goes on at its port', async (approved, next) => {
    const bench = await benchAt(flow);
    const runId = await bench.park({ total: 5 });
    expect(bench.store.runs.get(runId)?.waits?.waits[0]?.approval).toEqual({
      question: 'May it go?',
      assignees: { users: ['usr_1'], roles: [] },
      shown: { total: 5 },
    });
    await bench.signal(`${runId}:ask`, decision(approved), 'approval');
    await bench.ended(runId, 'succeeded');
    expect(bench.calls.map(({ stepKey }) => stepKey)).toEqual([next]);
    expect(await bench.outputOf(runId, 'ask')).toEqual(decision(approved));
  });

  it.each([
    ['reject', 'succeeded', ['no']],
    ['approve', 'succeeded', ['yes']],
    ['fail', 'failed', []],
  ])('that nobody decides in time does what the step says: %s', async (onTimeout, status, calls) => {
    const bench = await benchAt({ ...flow, steps: { ...flow.steps, ask: approval({ timeoutMs: 1_000, onTimeout }) } });
    const runId = await bench.park({});
    const later = await bench.restart(startedAt + 1_000);
    await later.ended(runId, status);
    expect(later.calls.map(({ stepKey }) => stepKey)).toEqual(calls);
  });
});
