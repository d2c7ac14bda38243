import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { itemKeyOf, loopKeyOf } from '@weft/flow';
import { previewOf } from '../data-view/index.ts';
import { VirtualTree } from '../data-view/virtual-tree.tsx';
import { loopValues } from './record/loop-values.ts';
import { rowStatus, type Row, type RowStatus } from './record/rows.ts';
import { numberOf, type RunRecord } from './record/run-record.ts';
import type { Span } from './record/waterfall.ts';
import { columns, RunRow } from './run-row.tsx';
import { isOver, type ShownRun } from './shown-run.ts';
import { TimelineScale } from './timeline.tsx';
import { useWidth } from './use-width.ts';
import './words.ts';

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
  const about = useMemo(() => itemTexts(run, record), [run, record]);
  const row = rows.find(({ key }) => key === selected);
  const toggleRow = (of: Row | undefined) => () => {
    if (of && of.kind !== 'run' && of.open !== undefined) onToggle(of.key);
  };
  const parent = row?.parent;
  const keys: Record<string, (() => void) | undefined> = {
    ArrowRight: row?.open === false ? toggleRow(row) : undefined,
    ArrowLeft: row?.open === true && row.kind !== 'run' ? toggleRow(row) : parent === undefined ? undefined : () => onSelect(parent),
    Enter: toggleRow(row),
    ' ': toggleRow(row),
  };

  return (
    <div ref={frame} data-run-tree className="flex min-h-0 flex-1 flex-col">
      {timeline && <Head span={span} />}
      <VirtualTree
        label={t('tree.label')}
        rows={rows}
        rowHeight={rowHeight}
        active={selected}
        onMove={({ key }) => onSelect(key)}
        keys={keys}
        className="focus-inset min-h-0 flex-1 overflow-x-hidden overflow-y-auto"
      >
        {(of, { id, top, active }) => (
          <RunRow
            key={of.key}
            id={id}
            row={of}
            runStatus={statusOfRun(run)}
            flow={run.flow}
            about={about(of)}
            span={span}
            timeline={timeline}
            now={now}
            top={top}
            height={rowHeight}
            selected={active}
            onSelect={() => onSelect(of.key)}
            onToggle={toggleRow(of)}
          />
        )}
      </VirtualTree>
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
  // For a person, a signal or a time; of a step, waiting is to try again.
  if (run.status === 'waiting') return 'parked';
  return rowStatus(run.status, isOver(run));
}

/** One line for each item of the loops; the lists are worked out once for each loop. */
function itemTexts(run: ShownRun, record: RunRecord): (row: Row) => string {
  const lists = new Map<string, ReturnType<typeof loopValues>>();
  return (row) => {
    const itemKey = row.kind === 'item' ? row.key : row.kind === 'step' && row.item !== undefined ? itemKeyOf(row.key) : undefined;
    if (itemKey === undefined) return '';
    const loopKey = loopKeyOf(itemKey);
    const index = numberOf(itemKey);
    if (!lists.has(loopKey)) lists.set(loopKey, loopValues({ flow: run.flow, record }, loopKey));
    return previewOf(lists.get(loopKey)?.[index], 80);
  };
}
