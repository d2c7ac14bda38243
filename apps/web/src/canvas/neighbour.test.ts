import { emptyFlow, type Edge, type FlowDocument, type Step } from '@weft/flow';
import { describe, expect, it } from 'vitest';
import { neighbour } from './neighbour.ts';

const map = (inside?: string): Step => ({ kind: 'transform', title: 'Map', ...(inside !== undefined && { in: inside }) });
const edge = (from: string, to: string, port = 'next'): Edge => ({ from: [from, port], to });

const flow: FlowDocument = {
  ...emptyFlow('Flow'),
  steps: {
    start: map(),
    branch: { kind: 'branch', title: 'Branch', cases: [{ id: 'yes', title: 'Yes' }] },
    upper: map(),
    lower: map(),
    each: { kind: 'forEach', title: 'Each', as: 'item' },
    inner: map('each'),
    innerLast: map('each'),
  },
  edges: [edge('start', 'branch'), edge('branch', 'lower', 'else'), edge('branch', 'upper', 'yes'), edge('upper', 'each'), edge('inner', 'innerLast')],
  layout: { start: [0, 0], branch: [304, 0], upper: [608, -80], lower: [608, 160], each: [912, -80], inner: [72, 88], innerLast: [376, 88] },
};

describe('arrow keys', () => {
  it.each([
    ['right', 'start', 'branch', 'follow the connection'],
    ['right', 'branch', 'upper', 'follow the first port of several'],
    ['left', 'lower', 'branch', 'lead back to what came before'],
    ['down', 'upper', 'lower', 'go to the step below'],
    ['up', 'lower', 'upper', 'go to the step above'],
    ['down', 'each', 'inner', 'lead into a loop'],
    ['left', 'inner', 'each', 'lead out of a loop'],
    ['up', 'innerLast', 'each', 'lead out of a loop at its top'],
  ] as const)('%s from %s to %s: %s', (direction, from, to) => {
    expect(neighbour(flow, from, direction)).toBe(to);
  });

  it('stay where they are at the border', () => {
    expect(neighbour(flow, 'start', 'left')).toBeUndefined();
  });
});
