import { BaseEdge, EdgeLabelRenderer, getSmoothStepPath, useStore, type EdgeProps } from '@xyflow/react';
import { Plus, X } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { disconnect } from '../editor/commands/index.ts';
import { dispatch, undo, useEditor } from '../editor/state/index.ts';
import { toast } from '../ui/index.ts';
import { hoverEdge, openQuickAdd, useCanvasView } from './canvas-view.ts';
import type { CanvasEdge } from './graph.ts';
import { useTabStop } from './step-state.ts';

/** The way from one step to the next, in right angles. Its tools show while the mouse, or the step before it, has the focus. */
export const StepEdge = memo(function StepEdge(
  { id, source, target, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data }: EdgeProps<CanvasEdge>,
) {
  const [path, labelX, labelY] = getSmoothStepPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, borderRadius: 8, offset: 16 });
  const takesDrop = useCanvasView(({ dropEdge }) => dropEdge === id);
  const ran = useEditor(({ runStates }) => wasTaken(runStates[source]?.status, runStates[target]?.status));
  const diff = useEditor(({ shelved }) => shelved?.marks.edges[id]);
  const edge = data?.edge;
  const kind = edge === undefined ? 'start' : edge.from[1] === 'error' ? 'error' : 'next';
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={edge === undefined ? 0 : 24}
        className="edge"
        data-kind={kind}
        data-ran={ran || undefined}
        data-drop={takesDrop || undefined}
        data-diff={diff}
      />
      {edge !== undefined && (
        <EdgeTools
          id={id}
          edge={edge}
          x={labelX}
          y={labelY}
          room={Math.abs(targetX - sourceX)}
          way={targetX < sourceX ? 'back' : targetY < sourceY ? 'up' : 'on'}
        />
      )}
    </>
  );
});

type Taken = 'ok' | undefined;

const wasTaken = (source: string | undefined, target: string | undefined): Taken =>
  source === 'succeeded' && target !== undefined && target !== 'skipped' ? 'ok' : undefined;

interface ToolsProps {
  id: string;
  edge: NonNullable<NonNullable<CanvasEdge['data']>['edge']>;
  x: number;
  y: number;
  /** Between the two steps, on the canvas. */
  room: number;
  /** Back to the left, its long line has room along it, and none above and below; up, the room below may be another port's. */
  way: 'on' | 'up' | 'back';
}

function EdgeTools({ id, edge, x, y, room, way }: ToolsProps) {
  const hovered = useCanvasView(({ hoveredEdge, dropEdge }) => hoveredEdge === id || dropEdge === id);
  const afterFocus = useTabStop(edge.from[0]);
  // From far away they would cover the steps on both sides.
  const near = useCanvasView(({ zoomLevel }) => zoomLevel === 'near');
  const shown = useEditor(({ readOnly, selection }) => !readOnly && near && (hovered || (afterFocus && selection.length > 0)));
  return shown ? <ShownTools id={id} edge={edge} x={x} y={y} room={room} way={way} /> : null;
}

/** Of the column of tools: one button and what is around it. */
const toolsWidth = 36;

/** So that the first of them lies on the line. */
const shifts = {
  on: `translate(-50%, -${toolsWidth / 2}px)`,
  up: `translate(-50%, calc(${toolsWidth / 2}px - 100%))`,
  back: `translate(-${toolsWidth / 2}px, -50%)`,
} as const;
const directions = { on: 'column', up: 'column-reverse', back: 'row' } as const;

function removeEdge(edge: ToolsProps['edge'], done: string, undoLabel: string): void {
  dispatch(disconnect([edge]));
  toast.message(done, { action: { label: undoLabel, onClick: undo } });
}

function ShownTools({ id, edge, x, y, room, way }: ToolsProps) {
  const { t } = useTranslation(['canvas', 'editor']);
  const from = useEditor(({ document }) => document.steps[edge.from[0]]?.title ?? '');
  const to = useEditor(({ document }) => document.steps[edge.to]?.title ?? '');
  const [add, remove] = [t('addOnEdge', { from, to }), t('removeEdge', { from, to })];
  // They have to be hit at any zoom and keep their size on the screen, but never lie over a step.
  const scale = useStore(({ transform }) => Math.max(1, Math.min(1 / transform[2], room / toolsWidth)));
  return (
    <EdgeLabelRenderer>
      <div
        className="edge-tools nodrag nopan"
        style={{
          transformOrigin: '0 0',
          transform: `translate(${x}px, ${y}px) scale(${scale}) ${shifts[way]}`,
          flexDirection: directions[way],
        }}
        onMouseEnter={() => hoverEdge(id)}
        onMouseLeave={() => hoverEdge(null)}
      >
        <button
          type="button"
          aria-label={add}
          title={add}
          onClick={(event) => {
            const { right, top } = event.currentTarget.getBoundingClientRect();
            openQuickAdd({ where: { edge }, offer: 'steps', x: right + 4, y: top });
          }}
        >
          <Plus aria-hidden="true" />
        </button>
        {/* Beside the line: where one clicks to add a step, nothing is removed. */}
        <button type="button" aria-label={remove} title={remove} onClick={() => removeEdge(edge, t('edgeRemoved', { from, to }), t('editor:undo'))}>
          <X aria-hidden="true" />
        </button>
      </div>
    </EdgeLabelRenderer>
  );
}
