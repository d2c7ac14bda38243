import { stepGraph } from '@weft/flow';
import { Handle, Position, type NodeProps } from '@xyflow/react';
import { Plus } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editor/state/index.ts';
import { cx } from '../ui/index.ts';
import { openQuickAdd, useCanvasView } from './canvas-view.ts';
import { jointsOf, loopStart, sizeOf } from './geometry.ts';
import { itemStart, type StepNode } from './graph.ts';
import { DiffMark } from './diff-mark.tsx';
import { ProblemMark } from './problem-mark.tsx';
import { RunMark } from './run-mark.tsx';
import { StepIcon } from '../step-kinds/step-icon.tsx';
import { shownTitle, StepTitle } from '../step-kinds/step-title.tsx';
import { FarJoints, Joints, stepProps, useStepFocus } from './step-node.tsx';
import { useTabStop } from './step-state.ts';
import { summaryLine } from '../step-kinds/summary-line.ts';

/** A loop: a frame around the steps that run once for each item. */
export const LoopNode = memo(function LoopNode({ id, selected, width, height }: NodeProps<StepNode>) {
  const { t } = useTranslation('canvas');
  const far = useCanvasView(({ zoomLevel }) => zoomLevel === 'far');
  const takesDrop = useCanvasView(({ dropLoop }) => dropLoop === id);
  const chosen = useCanvasView(({ connecting }) => connecting !== null && connecting.targets[connecting.at] === id);
  const step = useEditor(({ document }) => document.steps[id]);
  const summary = useEditor(({ catalogue, document }) => {
    const loop = document.steps[id];
    return loop ? summaryLine(loop, catalogue, document.steps) : '';
  });
  const status = useEditor(({ runStates }) => runStates[id]?.status);
  const readOnly = useEditor((state) => state.readOnly);
  const isEmpty = useEditor(({ document }) => (stepGraph(document).inside.get(id)?.length ?? 0) === 0);
  const diff = useEditor(({ shelved }) => shelved?.marks.steps[id]);
  const ref = useStepFocus(id);
  const tabStop = useTabStop(id);
  if (step?.kind !== 'forEach') return null;
  const size = { ...sizeOf(step), ...(width !== undefined && height !== undefined && { width, height }) };
  const add = t('addInside', { title: step.title });
  return (
    <div
      ref={ref}
      {...stepProps(t('node', { kind: t('step-kinds:forEach.kind.name'), title: shownTitle(step), summary }), tabStop)}
      data-step={id}
      data-kind="forEach"
      data-status={status}
      data-selected={selected || undefined}
      data-diff={diff}
      data-chosen={chosen || undefined}
      data-drop={takesDrop || undefined}
      className={cx('step loop', far && 'loop-far')}
    >
      <div className="step-head loop-head">
        {!far && (
          <span className="step-tile">
            <StepIcon step={step} />
          </span>
        )}
        <span className="min-w-0 flex-1">
          <span className="loop-title one-line block font-semibold text-fg">
            <StepTitle step={step} />
          </span>
          {!far && (
            <span className="one-line block text-xs text-muted" title={summary}>
              {summary}
            </span>
          )}
        </span>
        {!far && <ProblemMark id={id} />}
      </div>
      <Handle
        id={itemStart}
        type="source"
        position={Position.Right}
        className="loop-start"
        style={{ left: loopStart.x, top: loopStart.y }}
        isConnectable={false}
      />
      {far && <FarJoints joints={jointsOf(step, size)} />}
      {!far && (
        <>
          <button
            type="button"
            tabIndex={tabStop ? 0 : -1}
            hidden={readOnly}
            aria-label={add}
            title={add}
            className="loop-add nodrag nopan"
            style={{ left: loopStart.x - 24, top: loopStart.y }}
            onClick={(event) => {
              event.stopPropagation();
              const { right, top } = event.currentTarget.getBoundingClientRect();
              openQuickAdd({ where: { inside: id }, offer: 'steps', x: right + 4, y: top });
            }}
          >
            <Plus aria-hidden="true" />
          </button>
          {isEmpty && <p className="loop-empty">{step.source ? t('emptyStream') : t('emptyLoop')}</p>}
          <RunMark id={id} />
          <DiffMark id={id} />
          <Joints id={id} title={shownTitle(step)} joints={jointsOf(step, size)} tabbable={tabStop} />
        </>
      )}
    </div>
  );
});
