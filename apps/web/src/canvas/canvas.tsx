import { whyNotConnect, type Edge } from '@weft/flow';
import {
  ConnectionLineType,
  ReactFlow,
  useReactFlow,
  type Connection,
  type FinalConnectionState,
  type Viewport,
} from '@xyflow/react';
import { useCallback, useRef, type DragEvent, type MouseEvent as MouseEventOfReact, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { connect } from '../editor/commands/index.ts';
import { dispatch, openStep, useEditor } from '../editor/state/index.ts';
import { dropPaletteItem, paletteMime } from '../palette/drop.ts';
import { useWorkspaceId } from '../api/index.ts';
import { sentenceOf } from '../locales/sentence-of.ts';
import { toast } from '../ui/index.ts';
import { CanvasControls } from './canvas-controls.tsx';
import { focusStep, hoverEdge, openQuickAdd, useCanvasView } from './canvas-view.ts';
import './canvas.css';
import { dropTargetAt, markDropTarget } from './drop-target.ts';
import { useDrawnPart } from './drawn-part.ts';
import { fitOptions } from './fit-options.ts';
import { grid } from './geometry.ts';
import { itemStart, noteIdOf, type CanvasEdge, type CanvasNode } from './graph.ts';
import { LoopNode } from './loop-node.tsx';
import { NoteNode } from './note-node.tsx';
import { useReveal } from './use-reveal.ts';
import { StartChoice } from './start-choice.tsx';
import { StepEdge } from './step-edge.tsx';
import { StepNode } from './step-node.tsx';
import { onNodesChange, useCanvasGraph } from './use-canvas-graph.ts';
import { Dots } from './dots.tsx';
import { dragHandlers } from './drag-steps.ts';

const nodeTypes = { step: StepNode, loop: LoopNode, note: NoteNode };
const edgeTypes = { step: StepEdge };
const snapGrid: [number, number] = [grid, grid];

/** The flow as a drawing. Inside a ReactFlowProvider, so that panels beside it can move the view as well. */
export function Canvas() {
  const frame = useRef<HTMLDivElement>(null);
  const readOnly = useEditor((state) => state.readOnly);
  const isEmpty = useEditor(({ document }) => Object.keys(document.steps).length === 0);
  const announcement = useCanvasView((state) => state.announcement);
  useReveal(frame);
  return (
    <div ref={frame} className="weft-canvas relative h-full">
      <Drawing frame={frame} />
      <CanvasControls />
      {isEmpty && !readOnly && <StartChoice />}
      <output className="sr-only">{announcement}</output>
    </div>
  );
}

/**
 * Renders with every frame of a drag, so nothing else is in here; and every handler keeps its identity, or each step and
 * line would render along.
 */
function Drawing({ frame }: { frame: RefObject<HTMLDivElement | null> }) {
  const { t } = useTranslation('canvas');
  const { nodes, edges } = useDrawnPart(useCanvasGraph());
  const readOnly = useEditor((state) => state.readOnly);
  const workspace = useWorkspaceId();
  const { screenToFlowPosition, setViewport } = useReactFlow<CanvasNode, CanvasEdge>();
  const onViewportChange = useCallback((viewport: Viewport) => applyZoom(frame.current, viewport.zoom), [frame]);
  const onMoveStart = useCallback(
    (event: unknown) => {
      // Without an event it was the program that moved the view.
      if (event) useCanvasView.setState({ fitted: false });
      markMoving(frame.current, true);
    },
    [frame],
  );
  const onMoveEnd = useCallback(
    (_: unknown, { x, y, zoom }: Viewport) => {
      markMoving(frame.current, false);
      // Whole pixels: texts are sharp, and the next pan can shift what is drawn instead of drawing it anew.
      const [wholeX, wholeY] = [Math.round(x), Math.round(y)];
      if (x !== wholeX || y !== wholeY) void setViewport({ x: wholeX, y: wholeY, zoom });
    },
    [frame, setViewport],
  );
  const onInit = useCallback(
    ({ getZoom }: { getZoom: () => number }) => {
      useCanvasView.setState({ fitted: true });
      applyZoom(frame.current, getZoom());
    },
    [frame],
  );
  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      const { clientX, clientY } = 'changedTouches' in event ? (event.changedTouches[0] ?? { clientX: 0, clientY: 0 }) : event;
      connectionEnded(state, { clientX, clientY, at: screenToFlowPosition({ x: clientX, y: clientY }) });
    },
    [screenToFlowPosition],
  );
  const onDrop = useCallback(
    (event: DragEvent) => {
      event.preventDefault();
      const target = dropTargetAt(event.clientX, event.clientY);
      const [file] = event.dataTransfer.files;
      if (file) {
        markDropTarget(undefined);
        if (!readOnly) void import('../palette/drop-file.ts').then(({ dropFile }) => dropFile(file, { workspace, target }));
        return;
      }
      const { x, y } = screenToFlowPosition({ x: event.clientX, y: event.clientY });
      dropPaletteItem(event.dataTransfer, [x, y], target);
      markDropTarget(undefined);
    },
    [readOnly, screenToFlowPosition, workspace],
  );
  return (
    <ReactFlow<CanvasNode, CanvasEdge>
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      onNodesChange={onNodesChange}
      onConnect={onConnect}
      onConnectEnd={onConnectEnd}
      isValidConnection={isValidConnection}
      connectionLineType={ConnectionLineType.SmoothStep}
      connectionRadius={28}
      {...pointerHandlers}
      {...dragHandlers}
      onViewportChange={onViewportChange}
      onMoveStart={onMoveStart}
      onMoveEnd={onMoveEnd}
      onInit={onInit}
      onDragOver={overCanvas}
      onDragLeave={leftCanvas}
      onDrop={onDrop}
      fitView
      fitViewOptions={fitOptions}
      minZoom={0.05}
      maxZoom={1.5}
      snapToGrid
      snapGrid={snapGrid}
      panOnScroll
      zoomActivationKeyCode={zoomKeys}
      multiSelectionKeyCode={zoomKeys}
      selectionKeyCode="Shift"
      zoomOnDoubleClick={false}
      deleteKeyCode={null}
      nodesDraggable={!readOnly}
      nodesConnectable={!readOnly}
      nodesFocusable={false}
      edgesFocusable={false}
      disableKeyboardA11y
      elevateNodesOnSelect={false}
      elevateEdgesOnSelect={false}
      aria-label={t('label')}
    >
      <Dots />
    </ReactFlow>
  );
}

const pointerHandlers = {
  onNodeClick: (event: MouseEventOfReact, { id }: CanvasNode): void => {
    if (noteIdOf(id) !== undefined || event.shiftKey || event.metaKey || event.ctrlKey) return;
    openStep(id);
    focusStep(id);
  },
  onEdgeMouseEnter: (_: unknown, { id }: CanvasEdge): void => hoverEdge(id),
  onEdgeMouseLeave: (): void => hoverEdge(null),
  onEdgeClick: (_: unknown, { id }: CanvasEdge): void => hoverEdge(id),
};

/** A connection that was let go: over a step that cannot take it, the reason; over nothing, the list of steps to add. */
function connectionEnded(
  { isValid, fromHandle, toNode }: FinalConnectionState,
  { clientX, clientY, at }: { clientX: number; clientY: number; at: { x: number; y: number } },
): void {
  if (isValid === true || fromHandle?.type !== 'source' || !fromHandle.id || fromHandle.id === itemStart) return;
  const from: Edge['from'] = [fromHandle.nodeId, fromHandle.id];
  if (toNode) {
    const why = whyNotConnect(useEditor.getState().document, from, toNode.id);
    if (why) toast.info(sentenceOf(why));
    return;
  }
  openQuickAdd({ where: { after: from, beside: true, at: [at.x, at.y - 32] }, offer: 'steps', x: clientX, y: clientY });
}

const zoomKeys = ['Control', 'Meta'];

function onConnect({ source, sourceHandle, target }: Connection): void {
  if (sourceHandle !== null) dispatch(connect({ from: [source, sourceHandle], to: target }));
}

function isValidConnection({ source, sourceHandle, target }: Connection | CanvasEdge): boolean {
  const { document } = useEditor.getState();
  return sourceHandle != null && whyNotConnect(document, [source, sourceHandle], target) === undefined;
}

function overCanvas(event: DragEvent): void {
  // A file that nobody takes would be opened by the browser in place of the page.
  if (!event.dataTransfer.types.includes(paletteMime) && !event.dataTransfer.types.includes('Files')) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = 'copy';
  markDropTarget(dropTargetAt(event.clientX, event.clientY));
}

const leftCanvas = (): void => markDropTarget(undefined);

function markMoving(frame: HTMLElement | null, moving: boolean): void {
  frame?.toggleAttribute('data-moving', moving);
}

/** How large titles are drawn, by zoom: never under 11 px on the screen from `fitOptions.minZoom` on. */
const titleTexts: readonly [below: number, text: number][] = [
  [0.25, 55],
  [0.31, 44],
  [0.38, 36],
  [0.46, 29],
  [0.56, 24],
  [0.7, 20],
  [0.85, 16],
];
const nearFrom = 0.46;
/** Below, the title of a step takes both lines. */
const twoLinesFrom = 0.7;
/** Below, what adds a step at a port comes too close to the next one: between the lines of a branch, and between all ports. */
const tightFrom = { lines: 0.76, all: 0.51 };

/** Only at a few steps of zoom something changes, so zooming renders next to nothing. */
function applyZoom(frame: HTMLElement | null, zoom: number): void {
  const level = zoom < nearFrom ? 'far' : 'near';
  if (useCanvasView.getState().zoomLevel !== level) useCanvasView.setState({ zoomLevel: level });
  if (!frame) return;
  const tight = zoom < tightFrom.all ? 'all' : zoom < tightFrom.lines ? 'lines' : '';
  if ((frame.dataset['tight'] ?? '') !== tight) frame.dataset['tight'] = tight;
  const found = titleTexts.find(([below]) => zoom < below)?.[1];
  const text = `${found ?? 13}px`;
  // Two lines of such a title leave no room for the line under it.
  frame.toggleAttribute('data-large-titles', zoom < twoLinesFrom);
  if (frame.dataset['zoom'] !== level) frame.dataset['zoom'] = level;
  if (frame.style.getPropertyValue('--title-text') !== text) {
    frame.style.setProperty('--title-text', text);
    frame.style.setProperty('--far-edge', `${Math.max(2, Number.parseInt(text, 10) / 9)}`);
  }
}
