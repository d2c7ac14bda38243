import { applyNodeChanges, type NodeChange } from '@xyflow/react';
import { useEffect } from 'react';
import { create } from 'zustand';
import { select, useEditor, type EditorState } from '../editor/state/index.ts';
import { noteIdOf, toGraph, type CanvasNode, type Graph } from './graph.ts';

const empty: Graph = { nodes: [], edges: [] };

/**
 * The document as the canvas draws it. Places that change while dragging live here only; they become a command when the
 * mouse is let go, so dragging neither renders other steps nor checks the flow.
 */
export const useDrawing = create<Graph>()(() => empty);

/** Keeps the drawing true to the document while the canvas is mounted. */
export function useCanvasGraph(): Graph {
  useEffect(() => {
    const draw = () => useDrawing.setState((previous) => drawn(useEditor.getState(), previous));
    draw();
    const stop = useEditor.subscribe((now, before) => {
      const same =
        now.document.steps === before.document.steps &&
        now.document.edges === before.document.edges &&
        now.document.layout === before.document.layout &&
        now.document.notes === before.document.notes &&
        now.selection === before.selection;
      if (!same) draw();
    });
    return () => {
      stop();
      useDrawing.setState(empty);
    };
  }, []);
  return useDrawing();
}

/** What the canvas reports: places while dragging, and what was selected. Sizes are known beforehand. */
export function onNodesChange(changes: NodeChange<CanvasNode>[]): void {
  selectSteps(changes);
  const own = changes.filter((change) => change.type === 'position' || (change.type === 'select' && noteIdOf(change.id) !== undefined));
  if (own.length > 0) useDrawing.setState(({ nodes }) => ({ nodes: applyNodeChanges(own, nodes) }));
}

function drawn({ document, selection }: EditorState, previous: Graph): Graph {
  const graph = toGraph(document, previous);
  const selected = new Set(selection);
  const nodes = graph.nodes.map((node) => {
    if (noteIdOf(node.id) !== undefined || (node.selected ?? false) === selected.has(node.id)) return node;
    return { ...node, selected: selected.has(node.id) };
  });
  return { nodes, edges: graph.edges };
}

/** Which steps are selected is the editor's to know. */
function selectSteps(changes: readonly NodeChange<CanvasNode>[]): void {
  const selections = changes.filter((change) => change.type === 'select').filter(({ id }) => noteIdOf(id) === undefined);
  if (selections.length === 0) return;
  const now = useEditor.getState().selection;
  const off = new Set(selections.filter(({ selected }) => !selected).map(({ id }) => id));
  const on = selections.filter(({ selected, id }) => selected && !now.includes(id)).map(({ id }) => id);
  select([...now.filter((id) => !off.has(id)), ...on]);
}
