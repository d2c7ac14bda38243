import { itemKeyOf, type FlowDocument } from '@weft/flow';
import { ChevronRight, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cx, formatDuration } from '../ui/index.ts';
import { itemTitle } from './item-title.ts';
import type { Row, RowStatus } from './record/rows.ts';
import { barsOf, bar, type Bar, type Span } from './record/waterfall.ts';
import { RunStepIcon } from './run-step-icon.tsx';
import { StatusIcon } from './status-icon.tsx';
import { TimelineBars } from './timeline.tsx';
import './words.ts';

export interface RunRowProps {
  id: string;
  row: Row;
  /** Of the run as a whole, for the first row. */
  runStatus: RowStatus;
  flow: FlowDocument;
  /** One line of the value of the item, in a loop. */
  about: string;
  /** Of the whole run. */
  span: Span;
  timeline: boolean;
  now: number;
  top: number;
  height: number;
  selected: boolean;
  onSelect: () => void;
  onToggle: () => void;
}

/** One line of the list. Its keyboard is the list's: the row only takes the mouse. */
export function RunRow({ id, row, runStatus, flow, about, span, timeline, now, top, height, selected, onSelect, onToggle }: RunRowProps) {
  const { t } = useTranslation('run-panel');
  const status = row.kind === 'run' ? runStatus : row.status;
  const took = tookOf(row, span, now);
  const quiet = status === 'pending' || status === 'notReached' || status === 'skipped';
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="treeitem"
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={row.kind === 'run' ? undefined : row.open}
      aria-selected={selected}
      onClick={onSelect}
      onDoubleClick={onToggle}
      style={{ transform: `translateY(${top}px)`, height }}
      className={cx('absolute top-0 left-0 w-full cursor-default text-xs select-none', columns(timeline), selected ? 'bg-accent-soft' : 'hover:bg-hover')}
    >
      <span className="flex min-w-0 items-center gap-1.5" style={{ paddingLeft: 6 + Math.max(0, row.level - 2) * 16 }}>
        <Chevron row={row} onToggle={onToggle} />
        <StatusIcon status={status} />
        <RowName row={row} flow={flow} about={about} quiet={quiet} />
        {row.kind === 'step' && <Marks row={row} />}
      </span>
      {timeline && (
        <span className="h-full min-w-0">
          <TimelineBars bars={barsOfRow(row, span, now, runStatus)} />
        </span>
      )}
      <span className="tabular pr-3 text-right whitespace-nowrap text-subtle">
        {took === undefined
          ? <span className={quiet ? undefined : 'sr-only'}>{t(`status.${status}`)}</span>
          : took < 1
          ? t('tree.instant')
          : formatDuration(took)}
      </span>
    </div>
  );
}

export const columns = (timeline: boolean): string =>
  (timeline ? 'grid grid-cols-[minmax(18rem,3fr)_4fr_5rem] items-center gap-2' : 'grid grid-cols-[1fr_auto] items-center gap-2');

function Chevron({ row, onToggle }: { row: Row; onToggle: () => void }) {
  if (row.kind === 'run') return null;
  if (row.open === undefined) return <span className="w-4 shrink-0" />;
  return (
    // Arrows open and close by keyboard; this is for the mouse.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <span
      className="flex size-4 shrink-0 items-center justify-center rounded-xs text-subtle hover:bg-pressed"
      onClick={(event) => {
        event.stopPropagation();
        onToggle();
      }}
    >
      <ChevronRight aria-hidden="true" className={cx('size-3.5 transition-transform duration-100', row.open && 'rotate-90')} />
    </span>
  );
}

function RowName({ row, flow, about, quiet }: Pick<RunRowProps, 'row' | 'flow' | 'about'> & { quiet: boolean }) {
  const { t } = useTranslation('run-panel');
  if (row.kind === 'run') return <span className="one-line font-semibold text-fg">{t('tree.whole')}</span>;
  if (row.kind === 'item') return <Named name={itemTitle(row.key, t)} about={about} />;
  const step = flow.steps[row.stepId];
  if (row.item !== undefined) return <Named name={itemTitle(itemKeyOf(row.key) ?? row.key, t)} about={about === '' ? (step?.title ?? '') : about} />;
  const title = step?.title ?? row.stepId;
  return (
    <>
      <span className={cx('inline-flex shrink-0', quiet ? 'text-subtle' : 'text-muted')}>
        <RunStepIcon step={step} />
      </span>
      <span className={cx('one-line min-w-12', quiet ? 'text-subtle' : 'text-fg')} title={title}>
        {title}
      </span>
    </>
  );
}

function Named({ name, about }: { name: ReactNode; about: string }) {
  return (
    <>
      <span className="shrink-0 text-fg">{name}</span>
      <span className="one-line text-subtle" title={about}>
        {about}
      </span>
    </>
  );
}

/** Tries, warnings, items: only where there is something to tell. */
function Marks({ row }: { row: Extract<Row, { kind: 'step' }> }) {
  const { t, i18n } = useTranslation('run-panel');
  const tries = row.record?.attempts.length ?? 0;
  const warnings = row.record?.warnings.length ?? 0;
  return (
    <>
      {row.items !== undefined && (
        <span className={cx('one-line rounded-xs bg-pressed px-1 text-2xs text-muted', row.items.isStream ? 'shrink-0' : 'shrink-[4]')}>
          {row.items.isStream
            ? t('stream.read', { count: row.items.total, number: new Intl.NumberFormat(i18n.language).format(row.items.total) })
            : t('tree.items', { count: row.items.total })}
          {!row.items.isStream && row.items.total > row.items.known && <> · {t('tree.itemsKnown', { count: row.items.known })}</>}
          {!row.items.isStream && row.items.failed > 0 && <span className="text-danger-text"> · {t('tree.itemsFailed', { count: row.items.failed })}</span>}
        </span>
      )}
      {row.items?.isStream && row.items.failed > 0 && (
        <span className="shrink-0 rounded-xs bg-danger-soft px-1 text-2xs text-danger-text">{t('tree.itemsFailed', { count: row.items.failed })}</span>
      )}
      {tries > 1 && <span className="shrink-0 rounded-xs bg-warn-soft px-1 text-2xs text-warn-text">{t('tree.tries', { count: tries })}</span>}
      {warnings > 0 && (
        <span className="inline-flex shrink-0 text-warn-text" title={t('tree.warnings', { count: warnings })}>
          <TriangleAlert aria-hidden="true" className="size-3" />
          <span className="sr-only">{t('tree.warnings', { count: warnings })}</span>
        </span>
      )}
    </>
  );
}

/** How long it took, or has been at work; undefined for what did not work at all. */
function tookOf(row: Row, span: Span, now: number): number | undefined {
  if (row.kind === 'run') return span.to - span.from;
  if (row.status === 'skipped' || row.status === 'pending' || row.status === 'notReached' || row.status === 'interrupted') return undefined;
  const { startedAt, endedAt } = row.kind === 'item' ? row.item : (row.record ?? {});
  return startedAt === undefined ? undefined : Math.max(0, (endedAt ?? now) - startedAt);
}

function barsOfRow(row: Row, span: Span, now: number, runStatus: RowStatus): Bar[] {
  if (row.kind === 'run') return [bar(barKind(runStatus), span, span)];
  if (row.kind === 'step') {
    if (!row.record || row.status === 'skipped') return [];
    if (row.status !== 'interrupted') return barsOf(row.record, span, now);
    return barsOf(row.record, span, span.to).map((part) => (part.kind === 'running' ? { ...part, kind: 'skipped' } : part));
  }
  const { startedAt, endedAt } = row.item;
  return startedAt === undefined ? [] : [bar(barKind(row.status), { from: startedAt, to: endedAt ?? now }, span)];
}

const barKind = (status: RowStatus): Bar['kind'] =>
  (status === 'pending' ? 'running' : status === 'notReached' || status === 'interrupted' ? 'skipped' : status);
