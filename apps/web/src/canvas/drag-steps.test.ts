import { emptyFlow, type FlowDocument, type Step } from '@weft/flow';
import type { FlowDetail } from '@weft/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { select, setDocument, undo, useEditor } from '../editor/state/index.ts';
import { dragHandlers } from './drag-steps.ts';
import { loopPadding } from './geometry.ts';
import { noteNodeId, toGraph, type CanvasNode } from './graph.ts';
import { useDrawing } from './use-canvas-graph.ts';

const transform = (inside?: string): Step => ({ kind: 'transform', title: 'Map', in: inside });
const loop = (as: string, inside?: string): Step => ({ kind: 'forEach', title: 'Each', as, in: inside });

/** The flow in the editor and on the canvas, as after loading. */
function open(draft: FlowDocument): CanvasNode[] {
  setDocument(
    {
      id: 'flow_1',
      title: draft.title,
      draft,
      revision: 1,
      enabled: false,
      paused: false,
      published: null,
      unpublishedChanges: false,
      updatedAt: '2026-01-01T00:00:00Z',
      webhookUrl: null,
    } as FlowDetail,
  );
  const graph = toGraph(draft);
  useDrawing.setState(graph);
  return graph.nodes;
}

const now = () => useEditor.getState().document;
const letGo = (nodes: CanvasNode[]): void => dragHandlers.onSelectionDragStop(undefined, nodes);
const shifted = (node: CanvasNode, dx: number, dy: number): CanvasNode => ({ ...node, position: { x: node.position.x + dx, y: node.position.y + dy } });

const ids = ['s0', 's1', 's2', 's3', 's4', 's5'];
const place = fc.tuple(fc.integer({ min: -2000, max: 2000 }), fc.integer({ min: -2000, max: 2000 }));
const anyFlow: fc.Arbitrary<FlowDocument> = fc
  .record({
    steps: fc.dictionary(fc.constantFrom(...ids), fc.record({
      isLoop: fc.boolean(),
      inside: fc.option(fc.constantFrom(...ids), { nil: undefined }),
    }), { noNullPrototype: true }),
    edges: fc.uniqueArray(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)), { selector: String, maxLength: 8 }),
    layout: fc.dictionary(fc.constantFrom(...ids), place, { noNullPrototype: true }),
  })
  .map(({ steps, edges, layout }) => ({
    ...emptyFlow('Flow'),
    steps: Object.fromEntries(Object.entries(steps).map(([id, { isLoop, inside }]) => [id, isLoop ? loop(`${id}Item`, inside) : transform(inside)])),
    edges: edges.map(([from, to]) => ({ from: [from, 'next'], to })),
    layout,
  }));

describe('steps that are dragged', () => {
  it('and let go where they were picked up are no change, whatever the document', () => {
    fc.assert(
      fc.property(anyFlow, (flow) => {
        letGo(open(flow));
        expect(now()).toBe(flow);
      }),
    );
  });

  it('move in the document by just the distance moved on the canvas, and nothing else', () => {
    const distance = fc.integer({ min: -500, max: 500 });
    fc.assert(
      fc.property(anyFlow, fc.nat(), distance, distance, (flow, pick, dx, dy) => {
        const nodes = open(flow);
        const chosen = nodes[pick % Math.max(1, nodes.length)];
        if (!chosen) return;
        const [x, y] = flow.layout[chosen.id] ?? [0, 0];
        letGo([shifted(chosen, dx, dy)]);
        expect(now()).toEqual(dx === 0 && dy === 0 ? flow : { ...flow, layout: { ...flow.layout, [chosen.id]: [x + dx, y + dy] } });
      }),
    );
  });

  it('leave a loop its place that has grown to the left and top', () => {
    const flow: FlowDocument = { ...emptyFlow('Flow'), steps: { each: loop('item'), inner: transform('each') }, layout: { each: [0, 0], inner: [0, 0] } };
    const nodes = open(flow);
    letGo(nodes.filter(({ id }) => id === 'inner').map((node) => shifted(node, -200 - loopPadding.left, -loopPadding.top)));
    expect(now().layout).toEqual({ each: [0, 0], inner: [-200 - loopPadding.left, -loopPadding.top] });
    expect(toGraph(now()).nodes.find(({ id }) => id === 'each')?.position.x).toBeLessThan(0);
  });

  it('are moved by one step of undo, together with notes and with what is selected too far away to be drawn', () => {
    const flow: FlowDocument = {
      ...emptyFlow('Flow'),
      steps: { a: transform(), b: transform(), far: transform() },
      layout: { a: [0, 0], b: [304, 0], far: [90_000, 0] },
      notes: [{ id: 'n', text: 'Hello', at: [8, 8] }],
    };
    const nodes = open(flow).filter(({ id }) => id !== 'far');
    useDrawing.setState({ nodes });
    select(['a', 'b', 'far']);
    letGo(nodes.map((node) => shifted(node, 16, 24)));
    expect(now().layout).toEqual({ a: [16, 24], b: [320, 24], far: [90_016, 24] });
    expect(nodes.map(({ id }) => id)).toContain(noteNodeId('n'));
    expect(now().notes[0]?.at).toEqual([24, 32]);
    undo();
    expect(now()).toBe(flow);
  });
});
