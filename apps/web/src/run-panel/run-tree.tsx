import { useEffect, useId, useMemo, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { previewOf } from '../data-view/index.ts';
import { useVirtualRows } from '../data-view/use-virtual-rows.ts';
import { loopValues } from './record/loop-values.ts';
import { rowStatus, type Row, type RowStatus } from './record/rows.ts';
import { partsOfItem, partsOfKey, type RunRecord } from './record/run-record.ts';
import type { Span } from './record/waterfall.ts';
import { columns, RunRow } from './run-row.tsx';
import { isOver, type ShownRun } from './shown-run.ts';
import { TimelineScale } from './timeline.tsx';
import { useWidth } from './use-width.ts';

export interface RunTreeProps {
  run: ShownRun;
  record: RunRecord;
  rows: readonly Row[];
  selected: string;
  onSelect: (key: string) => void;
  onToggle: (key: string) => void;
  span: Span;
  now: number;
  /** With a timeline beside the names, where there is room. */
  timeline: boolean;
}

const rowHeight = 28;
/** With less room the names need all of it. */
const timelinePx = 460;

/** The steps of a run: arrows move and open, Home and End jump, what is selected shows its details beside the list. */
export function RunTree({ run, record, rows, selected, onSelect, onToggle, span, now, timeline: wantsTimeline }: RunTreeProps) {
  const { t } = useTranslation('run-panel');
  const [frame, width] = useWidth();
  const timeline = wantsTimeline && width >= timelinePx;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const at = rows.findIndex(({ key }) => key === selected);
  const about = useMemo(() => itemTexts(run, record), [run, record]);
  const { items, height, virtual } = useVirtualRows(scroller, { count: rows.length, rowHeight });

  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at);
  }, [at, virtual]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = (index: number) => {
      const next = rows[Math.max(0, Math.min(rows.length - 1, index))];
      if (next) onSelect(next.key);
    };
    const row = rows[at];
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const toggle = () => row?.kind !== 'run' && row?.open !== undefined && onToggle(row.key);
    const keys: Record<string, () => void> = {
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at - 1),
      PageDown: () => move(at + page),
      PageUp: () => move(at - page),
      Home: () => move(0),
      End: () => move(rows.length - 1),
      ArrowRight: () => (row?.open === false ? toggle() : move(at + 1)),
      ArrowLeft: () => (row?.open === true && row.kind !== 'run' ? toggle() : row?.parent !== undefined && onSelect(row.parent)),
      Enter: toggle,
      ' ': toggle,
    };
    const action = keys[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };

  return (
    <div ref={frame} className="flex min-h-0 flex-1 flex-col">
      {timeline && <Head span={span} />}
      <div
        ref={scroller}
        role="tree"
        data-run-tree
        aria-label={t('tree.label')}
        tabIndex={0}
        aria-activedescendant={at >= 0 && items.some(({ index }) => index === at) ? `${id}-${at}` : undefined}
        onKeyDown={onKeyDown}
        className="focus-inset min-h-0 flex-1 overflow-x-hidden overflow-y-auto"
      >
        <div style={{ height, position: 'relative' }}>
          {items.map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <RunRow
                  key={row.key}
                  id={`${id}-${item.index}`}
                  row={row}
                  runStatus={statusOfRun(run)}
                  flow={run.flow}
                  about={about(row)}
                  span={span}
                  timeline={timeline}
                  now={now}
                  top={item.start}
                  height={rowHeight}
                  selected={item.index === at}
                  onSelect={() => onSelect(row.key)}
                  onToggle={() => row.kind !== 'run' && row.open !== undefined && onToggle(row.key)}
                />
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** Names of the columns and times along the upper edge; rows say all of it in words. */
function Head({ span }: { span: Span }) {
  const { t } = useTranslation('run-panel');
  return (
    <div aria-hidden="true" className={`h-8 shrink-0 border-b border-line text-xs font-medium text-subtle ${columns(true)}`}>
      <span className="pl-3">{t('tree.step')}</span>
      <TimelineScale span={span} />
      <span className="pr-3 text-right">{t('tree.took')}</span>
    </div>
  );
}

export function statusOfRun(run: ShownRun): RowStatus {
  if (run.status === 'queued') return 'pending';
  if (run.status === 'cancelled') return 'interrupted';
  return rowStatus(run.status, isOver(run));
}

/** One line for each item of the loops; the lists are worked out once for each loop. */
function itemTexts(run: ShownRun, record: RunRecord): (row: Row) => string {
  const lists = new Map<string, ReturnType<typeof loopValues>>();
  return (row) => {
    const itemKey = row.kind === 'item' ? row.key : row.kind === 'step' && row.item !== undefined ? partsOfKey(row.key).itemKey : undefined;
    if (itemKey === undefined) return '';
    const { loopKey, index } = partsOfItem(itemKey);
    if (!lists.has(loopKey)) lists.set(loopKey, loopValues({ flow: run.flow, record }, loopKey));
    return previewOf(lists.get(loopKey)?.[index], 80);
  };
}
