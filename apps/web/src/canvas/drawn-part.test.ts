import { describe, expect, it } from 'vitest';
import { around, partOf } from './drawn-part.ts';
import { toGraph, type Graph } from './graph.ts';
import type { Step } from '@weft/flow';

const step = (title: string, inside?: string): Step => ({ kind: 'transform', title, in: inside });

/** Four steps in a row, far apart, each joined to the next, and a loop with one step inside far below. */
const graph: Graph = toGraph({
  steps: { a: step('a'), b: step('b'), c: step('c'), d: step('d'), each: { kind: 'forEach', title: 'each', as: 'item' }, inner: step('inner', 'each') },
  edges: [
    { from: ['a', 'next'], to: 'b' },
    { from: ['b', 'next'], to: 'c' },
    { from: ['c', 'next'], to: 'd' },
  ],
  layout: { a: [0, 0], b: [1000, 0], c: [2000, 0], d: [3000, 0], each: [0, 5000], inner: [72, 88] },
  notes: [{ id: 'n', text: 'far away', at: [9000, 9000] }],
});

const ids = ({ nodes }: Graph) => nodes.map(({ id }) => id);

describe('the part of a flow that is drawn', () => {
  it('is everything while the view is not known', () => {
    expect(partOf(graph, undefined)).toBe(graph);
  });

  it('is the same object when nothing is left out', () => {
    expect(partOf(graph, { x: -100, y: -100, width: 20_000, height: 20_000 })).toBe(graph);
  });

  it('holds the steps in the area, and both ends of every line that crosses it', () => {
    const part = partOf(graph, { x: 1300, y: 0, width: 500, height: 100 });
    expect(ids(part)).toEqual(['b', 'c', 'note:n']);
    expect(part.edges.map(({ source, target }) => [source, target])).toEqual([['b', 'c']]);
  });

  it('holds the loop around a step', () => {
    const part = partOf(graph, { x: 100, y: 5100, width: 10, height: 10 });
    expect(ids(part)).toEqual(['each', 'inner', 'note:n']);
  });

  it('keeps what is being dragged, wherever it is', () => {
    const dragging = { ...graph, nodes: graph.nodes.map((node) => (node.id === 'd' ? { ...node, dragging: true } : node)) };
    expect(ids(partOf(dragging, { x: -50, y: -50, width: 100, height: 100 }))).toContain('d');
  });
});

it('the rectangle around two is the smallest one', () => {
  expect(around({ x: 0, y: 0, width: 10, height: 10 }, { x: 20, y: -5, width: 5, height: 5 })).toEqual({ x: 0, y: -5, width: 25, height: 15 });
});
