import { describe, expect, it } from 'vitest';
import { branch, flowOf, forEach, http, respond, stop, transform, webhook } from '../testing/flow-builder.ts';
import { cycles } from './cycles.ts';
import { portsOf } from './ports-of.ts';
import { stepOrder } from './step-order.ts';
import { upstreamOf } from './upstream-of.ts';

const order = flowOf(
  { answer: respond(), trigger: webhook(), lines: forEach(), erp: http({ in: 'lines' }), shape: transform({ in: 'lines' }), before: transform() },
  ['trigger → before', 'before → lines', 'lines → answer', 'shape → erp'],
);

describe('what a step may read', () => {
  it('is everything on a way to it', () => {
    expect(upstreamOf(order, 'answer')).toEqual(['lines', 'before', 'trigger']);
  });

  it('inside a loop, is also what the loop may read, but neither the loop nor its later steps', () => {
    expect(upstreamOf(order, 'erp')).toEqual(['shape', 'before', 'trigger']);
    expect(upstreamOf(order, 'shape')).toEqual(['before', 'trigger']);
  });

  it('after a loop, is the loop and not what is inside', () => {
    expect(upstreamOf(order, 'answer')).not.toContain('erp');
  });

  it('never is the step itself, even on a cycle', () => {
    const round = flowOf({ a: transform(), b: transform() }, ['a → b', 'b → a']);
    expect(upstreamOf(round, 'a')).toEqual(['b']);
  });

  it('is nothing for a step that does not exist', () => {
    expect(upstreamOf(order, 'nobody')).toEqual([]);
  });
});

describe('the order of steps', () => {
  it('begins with the trigger and puts the inside of a loop after the loop', () => {
    expect(stepOrder(order)).toEqual(['trigger', 'before', 'lines', 'shape', 'erp', 'answer']);
  });

  it('still has every step once when there is a cycle', () => {
    const round = flowOf({ trigger: webhook(), a: transform(), b: transform() }, ['trigger → a', 'a → b', 'b → a']);
    expect(stepOrder(round)).toEqual(['trigger', 'a', 'b']);
  });

  it('survives loops that contain each other', () => {
    const tangled = flowOf({ a: forEach({ in: 'b' }), b: forEach({ in: 'a' }) });
    expect(stepOrder(tangled)).toEqual(['a', 'b']);
  });
});

describe('cycles', () => {
  it('are found once each, a step onto itself too', () => {
    const flow = flowOf({ trigger: webhook(), a: http(), b: http(), c: http(), d: http() }, [
      'trigger → a',
      'a → b',
      'b → c',
      'c → b',
      'd → d',
    ]);
    expect(cycles(flow)).toEqual([['b', 'c'], ['d']]);
  });

  it('are absent from a chain of 2,000 steps, however long', () => {
    const ids = Array.from({ length: 2_000 }, (_, at) => `s${at}`);
    const chain = flowOf(Object.fromEntries(ids.map((id) => [id, transform()])), ids.slice(1).map((id, at) => `${ids[at]} → ${id}`));
    expect(cycles(chain)).toEqual([]);
    expect(stepOrder(chain)).toEqual(ids);
  });
});

describe('the ports of a step', () => {
  const ids = (step: Parameters<typeof portsOf>[0]) => portsOf(step).map(({ id }) => id);

  it('are next, and error only where the step asks for it', () => {
    expect(ids(http())).toEqual(['next']);
    expect(ids(http({ onError: 'port' }))).toEqual(['next', 'error']);
  });

  it('are one per case and else for a branch, none for a stop', () => {
    expect(ids(branch())).toEqual(['bug', 'idea', 'else']);
    expect(ids(stop())).toEqual([]);
  });
});
