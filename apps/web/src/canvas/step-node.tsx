import { stepGraph, type Step } from '@weft/flow';
import { Handle, Position, type NodeProps } from '@xyflow/react';
import { Pin, Plus } from 'lucide-react';
import { memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editor/state/index.ts';
import { sentenceOf } from '../locales/sentence-of.ts';
import { openQuickAdd, useCanvasView } from './canvas-view.ts';
import { jointsOf, type Joint } from './geometry.ts';
import { inSize, outSize, wayIn, type StepNode as StepNodeType } from './graph.ts';
import { DiffMark } from './diff-mark.tsx';
import { FailingMark } from './failing-mark.tsx';
import { ProblemMark } from './problem-mark.tsx';
import { RunMark } from './run-mark.tsx';
import { StepIcon } from '../step-kinds/step-icon.tsx';
import { shownTitle, StepTitle } from '../step-kinds/step-title.tsx';
import { summaryLine } from '../step-kinds/summary-line.ts';
import { useProblemCount, useTabStop } from './step-state.ts';

/** A step on the canvas: at low zoom a tile with a large title, which keeps thousands of them cheap and readable. */
export const StepNode = memo(function StepNode({ id, selected }: NodeProps<StepNodeType>) {
  const far = useCanvasView(({ zoomLevel }) => zoomLevel === 'far');
  const step = useEditor(({ document }) => document.steps[id]);
  if (!step) return null;
  return far ? <FarStep id={id} step={step} selected={selected} /> : <NearStep id={id} step={step} selected={selected} />;
});

interface StepProps {
  id: string;
  step: Step;
  selected: boolean;
}

function FarStep({ id, step, selected }: StepProps) {
  const status = useEditor(({ runStates }) => runStates[id]?.status);
  const { errors } = useProblemCount(id);
  const diff = useEditor(({ shelved }) => shelved?.marks.steps[id]);
  const ref = useStepFocus(id);
  const tabStop = useTabStop(id);
  return (
    <div
      ref={ref}
      {...stepProps(shownTitle(step), tabStop)}
      data-step={id}
      data-kind={step.kind}
      data-status={status}
      data-selected={selected || undefined}
      data-errors={errors > 0 || undefined}
      data-diff={diff}
      className="step step-far"
    >
      <span className="far-title">
        <StepTitle step={step} />
      </span>
      <FarJoints joints={jointsOf(step)} />
    </div>
  );
}

/** Where lines end at low zoom. The canvas measures elements of these classes; nothing is seen of them, nothing can be dragged. */
export function FarJoints({ joints }: { joints: readonly Joint[] }) {
  return joints.map(({ port, x, y }) => {
    const { width, height } = port === null ? inSize : outSize;
    return (
      <i
        key={port ?? wayIn}
        className={port === null ? 'far-joint target' : 'far-joint source'}
        data-handleid={port ?? wayIn}
        data-handlepos={port === null ? 'left' : 'right'}
        style={{ left: x - width / 2, top: y - height / 2, width, height }}
      />
    );
  });
}

function NearStep({ id, step, selected }: StepProps) {
  const { t } = useTranslation('canvas');
  const status = useEditor(({ runStates }) => runStates[id]?.status);
  const summary = useEditor(({ catalogue, document }) => summaryLine(step, catalogue, document.steps));
  const chosen = useCanvasView(({ connecting }) => connecting !== null && connecting.targets[connecting.at] === id);
  const diff = useEditor(({ shelved }) => shelved?.marks.steps[id]);
  const ref = useStepFocus(id);
  const tabStop = useTabStop(id);
  const joints = jointsOf(step);
  return (
    <div
      ref={ref}
      {...stepProps(t('node', { kind: t(`step-kinds:${step.kind}.kind.name`), title: shownTitle(step), summary }), tabStop)}
      data-step={id}
      data-kind={step.kind}
      data-status={status}
      data-selected={selected || undefined}
      data-diff={diff}
      data-chosen={chosen || undefined}
      className="step step-near"
    >
      <div className="step-head">
        <span className="step-tile">
          <StepIcon step={step} />
        </span>
        <span className="min-w-0 flex-1">
          <span className="step-title one-line block font-semibold text-fg" title={step.title}>
            <StepTitle step={step} />
          </span>
          <span className="step-summary one-line block text-xs text-muted" title={summary}>
            {summary}
          </span>
        </span>
        {step.pinned !== undefined && (
          <span title={t('pinned')} className="text-accent-text">
            <Pin aria-label={t('pinned')} className="size-3.5" />
          </span>
        )}
        {step.kind === 'trigger' && <FailingMark step={step} />}
        <ProblemMark id={id} />
      </div>
      {joints.some(({ ownLine }) => ownLine) && (
        <ul className="step-ports">
          {joints
            .filter(({ ownLine }) => ownLine)
            .map((joint) => (
              <li key={joint.port} className="one-line" data-port={joint.port} title={sentenceOf(joint)}>
                {sentenceOf(joint)}
              </li>
            ))}
        </ul>
      )}
      <RunMark id={id} />
      <DiffMark id={id} />
      <Joints id={id} title={shownTitle(step)} joints={joints} tabbable={tabStop} />
    </div>
  );
}

/** The points where connections leave and enter, and a "+" at each way out that leads nowhere yet. */
export function Joints({ id, title, joints, tabbable }: { id: string; title: string; joints: readonly Joint[]; tabbable: boolean }) {
  const { t } = useTranslation('canvas');
  const readOnly = useEditor((state) => state.readOnly);
  const used = useEditor(({ document }) => [...new Set(stepGraph(document).outgoing.get(id)?.map(({ from }) => from[1]))].join('\n'));
  const joined = new Set(used.split('\n'));
  const firstFree = joints.find(({ port }) => port !== null && !joined.has(port))?.port;
  return joints.map(({ port, x, y, ownLine, ...said }) =>
    port === null ? (
      <Handle key={wayIn} id={wayIn} type="target" position={Position.Left} className="joint joint-in" style={{ top: y }} isConnectable={!readOnly} />
    ) : (
      <span key={port} data-port={port}>
        <Handle id={port} type="source" position={Position.Right} className="joint joint-out" style={{ top: y }} isConnectable={!readOnly} />
        {!joined.has(port) && !readOnly && (
          <button
            type="button"
            tabIndex={tabbable ? 0 : -1}
            aria-label={ownLine ? t('addAtPort', { port: sentenceOf(said), title }) : t('addAfter', { title })}
            title={ownLine ? t('addAtPort', { port: sentenceOf(said), title }) : t('addAfter', { title })}
            data-further={port !== firstFree || undefined}
            className="add-step nodrag nopan"
            style={{ left: x, top: y }}
            onClick={(event) => {
              event.stopPropagation();
              const { right, top } = event.currentTarget.getBoundingClientRect();
              openQuickAdd({ where: { after: [id, port] }, offer: 'steps', x: right + 4, y: top });
            }}
          >
            <Plus aria-hidden="true" />
          </button>
        )}
      </span>
    ),
  );
}

/** A step can be focused and holds buttons of its own: no HTML element is that, and a button may not hold buttons. */
export const stepProps = (label: string, tabStop: boolean) => ({ role: 'group', 'aria-label': label, tabIndex: tabStop ? 0 : -1 });

/** Gives the step the keyboard's focus when it was asked for, also when it has to be drawn first. */
export function useStepFocus(id: string) {
  const ref = useRef<HTMLDivElement>(null);
  const wish = useCanvasView(({ focus }) => (focus?.stepId === id ? focus.times : 0));
  useEffect(() => {
    if (wish > 0) ref.current?.focus({ preventScroll: true });
  }, [wish]);
  return ref;
}
