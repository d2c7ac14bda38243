import { emptyFlow, type Edge, type FlowDocument, type Step } from '@weft/flow';
import { describe, expect, it } from 'vitest';
import { loopPadding, rectsOf } from './geometry.ts';
import { itemStart, toGraph } from './graph.ts';

const transform = (title: string, inside?: string): Step => ({ kind: 'transform', title, in: inside });
const loop = (title: string, inside?: string): Step => ({ kind: 'forEach', title, as: `${title}Item`, in: inside });

function flowOf(steps: Record<string, Step>, edges: Edge[] = [], layout: FlowDocument['layout'] = {}): FlowDocument {
  return { ...emptyFlow('Flow'), steps, edges, layout };
}

describe('a flow on the canvas', () => {
  it('draws what is inside a loop as children of the loop, after it', () => {
    const { nodes } = toGraph(flowOf({ inner: transform('Inner', 'each'), each: loop('each') }));
    expect(nodes.map(({ id, parentId }) => [id, parentId])).toEqual([
      ['each', undefined],
      ['inner', 'each'],
    ]);
  });

  it('makes a loop as large as what is inside of it', () => {
    const rects = rectsOf(flowOf({ each: loop('each'), inner: transform('Inner', 'each') }, [], { each: [100, 100], inner: [600, 400] }));
    expect(rects.get('inner')).toMatchObject({ x: 700, y: 500 });
    expect(rects.get('each')).toMatchObject({ x: 100, y: 100, width: 600 + 232 + loopPadding.right, height: 400 + 64 + loopPadding.bottom });
  });

  it('grows a loop to the left and top too', () => {
    const flow = flowOf({ each: loop('each'), inner: transform('Inner', 'each') }, [], { each: [0, 0], inner: [-200, 72] });
    expect(rectsOf(flow).get('each')?.x).toBe(-200 - loopPadding.left);
  });

  it('shows which steps begin each item', () => {
    const flow = flowOf({ each: loop('each'), a: transform('A', 'each'), b: transform('B', 'each') }, [{ from: ['a', 'next'], to: 'b' }]);
    const graph = toGraph(flow);
    expect(graph.edges.filter(({ sourceHandle }) => sourceHandle === itemStart).map(({ target }) => target)).toEqual(['a']);
  });

  it('keeps the nodes that did not change', () => {
    const flow = flowOf({ a: transform('A'), b: transform('B') }, [], { a: [0, 0], b: [400, 0] });
    const before = toGraph(flow);
    const after = toGraph({ ...flow, layout: { ...flow.layout, b: [480, 0] } }, before);
    expect(after.nodes[0]).toBe(before.nodes[0]);
    expect(after.nodes[1]).not.toBe(before.nodes[1]);
  });

  it('survives a loop that is inside of itself, which an import may hold', () => {
    const { nodes } = toGraph(flowOf({ a: loop('a', 'b'), b: loop('b', 'a'), c: transform('C', 'a') }));
    expect(nodes).toHaveLength(3);
  });

  it('draws no edges that point nowhere', () => {
    expect(toGraph(flowOf({ a: transform('A') }, [{ from: ['a', 'next'], to: 'gone' }])).edges).toEqual([]);
  });
});
