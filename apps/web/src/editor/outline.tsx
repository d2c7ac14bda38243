import { portsOf, stepOrder, type FlowDocument } from '@weft/flow';
import { TriangleAlert } from 'lucide-react';
import { useMemo, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { focusStep } from '../canvas/canvas-view.ts';
import { loopAround } from '../canvas/geometry.ts';
import { StepIcon } from '../step-kinds/step-icon.tsx';
import { StepTitle } from '../step-kinds/step-title.tsx';
import { useProblemCount } from '../canvas/step-state.ts';
import { sentenceOf } from '../locales/sentence-of.ts';
import { cx } from '../ui/index.ts';
import { openStep, select, useEditor } from './state/index.ts';

interface Row {
  id: string;
  level: number;
  /** The ways that lead to it, where the step before has several: a case, Approved. */
  ways: string;
}

/** All steps as a list in the order they run, loops indented: for those who read rather than look. Canvas keys work here too. */
export function Outline() {
  const { t } = useTranslation('editor');
  const steps = useEditor(({ document }) => document.steps);
  const edges = useEditor(({ document }) => document.edges);
  const current = useEditor(({ selection }) => selection.at(-1));
  const list = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => rowsOf({ ...emptyParts, steps, edges }), [steps, edges]);
  const stop = rows.some(({ id }) => id === current) ? current : rows[0]?.id;

  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const at = rows.findIndex(({ id }) => id === stop);
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
    if (!next) return;
    select([next.id]);
    list.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(next.id)}"]`)?.focus();
  };

  if (rows.length === 0) return <p className="px-4 py-6 text-sm text-muted">{t('outline.empty')}</p>;
  return (
    <div
      ref={list}
      role="tree"
      aria-label={t('outline.title')}
      data-outline
      tabIndex={-1}
      onKeyDown={onKeyDown}
      className="h-full overflow-y-auto px-1.5 py-2 outline-none"
    >
      {rows.map((row) => (
        <OutlineRow key={row.id} {...row} isStop={row.id === stop} />
      ))}
    </div>
  );
}

function OutlineRow({ id, level, ways, isStop }: Row & { isStop: boolean }) {
  const { t } = useTranslation('editor');
  const step = useEditor(({ document }) => document.steps[id]);
  const isSelected = useEditor(({ selection }) => selection.includes(id));
  const status = useEditor(({ runStates }) => runStates[id]?.status);
  const problems = useProblemCount(id);
  if (!step) return null;
  return (
    <div
      role="treeitem"
      aria-level={level + 1}
      aria-selected={isSelected}
      tabIndex={isStop ? 0 : -1}
      data-row={id}
      onClick={() => {
        openStep(id);
        focusStep(id);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        event.stopPropagation();
        openStep(id);
      }}
      style={{ paddingLeft: 8 + level * 16 }}
      className={cx(
        'focus-inset flex h-8 cursor-pointer [contain-intrinsic-size:auto_2rem] [content-visibility:auto] items-center gap-2 rounded-md pr-2 text-sm',
        isSelected ? 'bg-accent-soft text-accent-text' : 'text-fg hover:bg-hover',
      )}
    >
      <span className="text-muted">
        <StepIcon step={step} size={14} />
      </span>
      {ways !== '' && (
        <span className="one-line max-w-24 shrink-0 rounded-xs bg-pressed px-1 text-2xs text-muted" title={ways}>
          {ways}
        </span>
      )}
      <span className="one-line flex-1" title={step.title}>
        <StepTitle step={step} />
      </span>
      {status !== undefined && <span className={cx('size-2 shrink-0 rounded-full', dots[status])} title={t(`canvas:run.${status}`)} />}
      {problems.count > 0 && (
        <span className={cx('flex items-center gap-0.5 text-xs font-semibold', problems.errors > 0 ? 'text-danger-text' : 'text-warn-text')}>
          <TriangleAlert aria-hidden="true" className="size-3" />
          <span className="sr-only">{t('canvas:problems', { count: problems.count })}</span>
          <span aria-hidden="true">{problems.count}</span>
        </span>
      )}
    </div>
  );
}

const dots = { running: 'bg-accent', retrying: 'bg-warn', parked: 'bg-warn', succeeded: 'bg-ok', failed: 'bg-danger', skipped: 'bg-line-strong' };
const emptyParts: Omit<FlowDocument, 'steps' | 'edges'> = { format: 'weft.flow/1', title: '', layout: {}, notes: [] };

export function rowsOf(flow: FlowDocument): Row[] {
  return stepOrder(flow).map((id) => {
    let level = 0;
    for (let at = loopAround(flow.steps, id); at !== undefined; at = loopAround(flow.steps, at)) level++;
    return { id, level, ways: waysTo(flow, id) };
  });
}

function waysTo({ steps, edges }: FlowDocument, id: string): string {
  const ways = edges.flatMap(({ from: [stepId, portId], to }) => {
    const before = to === id ? steps[stepId] : undefined;
    const ports = before ? portsOf(before) : [];
    const port = ports.length > 1 ? ports.find((one) => one.id === portId) : undefined;
    return port ? [sentenceOf(port)] : [];
  });
  return [...new Set(ways)].join(', ');
}
