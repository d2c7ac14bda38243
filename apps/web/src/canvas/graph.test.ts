import { emptyFlow, type Edge, type FlowDocument, type Step } from '@weft/flow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loopPadding, rectsOf } from './geometry.ts';
import { fromGraph, itemStart, toGraph, type CanvasNode } from './graph.ts';

const transform = (title: string, inside?: string): Step => ({ kind: 'transform', title, ...(inside !== undefined && { in: inside }) });
const loop = (title: string, inside?: string): Step => ({ kind: 'forEach', title, as: `${title}Item`, ...(inside !== undefined && { in: inside }) });

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

  it('grows a loop to the left and top too, and does not take its place away', () => {
    const flow = flowOf({ each: loop('each'), inner: transform('Inner', 'each') }, [], { each: [0, 0], inner: [-200, 72] });
    expect(rectsOf(flow).get('each')?.x).toBe(-200 - loopPadding.left);
    expect(fromGraph(flow, toGraph(flow))).toEqual(flow);
  });

  it('shows which steps begin each item, without putting such lines into the document', () => {
    const flow = flowOf({ each: loop('each'), a: transform('A', 'each'), b: transform('B', 'each') }, [{ from: ['a', 'next'], to: 'b' }]);
    const graph = toGraph(flow);
    expect(graph.edges.filter(({ sourceHandle }) => sourceHandle === itemStart).map(({ target }) => target)).toEqual(['a']);
    expect(fromGraph(flow, graph).edges).toEqual(flow.edges);
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

  it('keeps edges that point nowhere, so that opening a flow never changes it', () => {
    const flow = flowOf({ a: transform('A') }, [{ from: ['a', 'next'], to: 'gone' }]);
    expect(fromGraph(flow, toGraph(flow))).toEqual(flow);
  });

  it('comes back as the very same document, whatever the document', () => {
    fc.assert(
      fc.property(anyFlow, (flow) => {
        expect(fromGraph(flow, toGraph(flow))).toEqual(flow);
      }),
    );
  });

  it('moves in the document by just the distance moved on the canvas, and nothing else', () => {
    const distance = fc.integer({ min: -500, max: 500 });
    fc.assert(
      fc.property(anyFlow, fc.nat(), distance, distance, (flow, pick, dx, dy) => {
        const graph = toGraph(flow);
        const chosen = graph.nodes[pick % Math.max(1, graph.nodes.length)];
        if (!chosen) return;
        const [x, y] = flow.layout[chosen.id] ?? [0, 0];
        const moved = fromGraph(flow, { ...graph, nodes: graph.nodes.map((node) => (node === chosen ? shifted(node, dx, dy) : node)) });
        const unmoved = dx === 0 && dy === 0;
        expect(moved).toEqual(unmoved ? flow : { ...flow, layout: { ...flow.layout, [chosen.id]: [x + dx, y + dy] } });
      }),
    );
  });
});

const shifted = (node: CanvasNode, dx: number, dy: number): CanvasNode => ({
  ...node,
  position: { x: node.position.x + dx, y: node.position.y + dy },
});

const ids = ['s0', 's1', 's2', 's3', 's4', 's5'];
const place = fc.tuple(fc.integer({ min: -2000, max: 2000 }), fc.integer({ min: -2000, max: 2000 }));
const anyStep = fc.record({ isLoop: fc.boolean(), inside: fc.option(fc.constantFrom(...ids), { nil: undefined }) });
const anyFlow: fc.Arbitrary<FlowDocument> = fc
  .record({
    steps: fc.dictionary(fc.constantFrom(...ids), anyStep),
    edges: fc.uniqueArray(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)), { selector: String, maxLength: 8 }),
    layout: fc.dictionary(fc.constantFrom(...ids), place),
  })
  .map(({ steps, edges, layout }) => {
    const all = Object.fromEntries(Object.entries(steps).map(([id, { isLoop, inside }]) => [id, isLoop ? loop(id, inside) : transform(id, inside)]));
    const drawn = ([from, to]: [string, string]) => Object.hasOwn(all, from) && Object.hasOwn(all, to);
    // Edges that point nowhere go to the end of the list: their order means nothing.
    const ordered = [...edges.filter(drawn), ...edges.filter((edge) => !drawn(edge))];
    return flowOf(all, ordered.map(([from, to]) => ({ from: [from, 'next'], to })), layout);
  });
