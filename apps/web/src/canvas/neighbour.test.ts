import { emptyFlow, type Edge, type FlowDocument, type Step } from '@weft/flow';
import { describe, expect, it } from 'vitest';
import { neighbour, type Direction } from './neighbour.ts';

const map = (inside?: string): Step => ({ kind: 'transform', title: 'Map', in: inside });
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
  it.each<{ press: Direction; at: string; to: string; because: string }>([
    { press: 'right', at: 'start', to: 'branch', because: 'it follows the connection' },
    { press: 'right', at: 'branch', to: 'upper', because: 'of several ports the first counts' },
    { press: 'left', at: 'lower', to: 'branch', because: 'it leads back to what came before' },
    { press: 'down', at: 'upper', to: 'lower', because: 'that step is below' },
    { press: 'up', at: 'lower', to: 'upper', because: 'that step is above' },
    { press: 'down', at: 'each', to: 'inner', because: 'it leads into a loop' },
    { press: 'left', at: 'inner', to: 'each', because: 'it leads out of a loop' },
    { press: 'up', at: 'innerLast', to: 'each', because: 'it leads out of a loop at its top' },
  ])('$press from $at lead to $to: $because', ({ press, at, to }) => {
    expect(neighbour(flow, at, press)).toBe(to);
  });

  it('stay where they are at the border', () => {
    expect(neighbour(flow, 'start', 'left')).toBeUndefined();
  });
});
