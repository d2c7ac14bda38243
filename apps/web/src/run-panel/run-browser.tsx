import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { Checkbox } from '../ui/index.ts';
import { ItemDetails } from './item-details.tsx';
import { rowsOf, runKey } from './record/rows.ts';
import type { RunRecord } from './record/run-record.ts';
import { spanOf } from './record/waterfall.ts';
import { RunOverview } from './run-overview.tsx';
import { RunTree } from './run-tree.tsx';
import { isAside, isOver, whatMatters, type ShownRun } from './shown-run.ts';
import type { StepActions } from './step-actions.ts';
import { StepDetails } from './step-details.tsx';
import { useNow } from './use-now.ts';
import './words.ts';

/** Fewer can be seen at a glance: of a stream three records leave entries. */
const fewItems = 3;

export interface RunBrowserProps {
  run: ShownRun;
  record: RunRecord;
  clockAheadMs: number;
  /** Null: what matters most. */
  selected: string | null;
  onSelect: (key: string) => void;
  /** With a timeline beside the steps, where there is room. */
  timeline?: boolean;
  /** Where the flow can be edited. */
  actions?: StepActions;
  /** Over the list of steps. */
  lead?: ReactNode;
  /** In the place of the details. */
  aside?: ReactNode;
}

/** The steps of a run, and beside them all about the chosen one. */
export function RunBrowser({ run, record, clockAheadMs, selected, onSelect, timeline = false, actions, lead, aside }: RunBrowserProps) {
  const now = useNow(!isOver(run), clockAheadMs);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [failedOnly, setFailedOnly] = useState(false);
  const over = isOver(run);
  const standsAside = isAside(run);
  const progress = run.detail?.progress;
  const streams = useMemo(() => new Map(progress?.map((one) => [one.stepKey, one])), [progress]);
  const matters = whatMatters(run, record);
  const rows = useMemo(() => rowsOf({ flow: run.flow, record, isOver: over, isAside: standsAside, toggled, failedOnly, streams, matters }), [
    run.flow, record, over, standsAside, toggled, failedOnly, streams, matters,
  ]);
  const failedItems = rows.reduce((sum, row) => sum + (row.kind === 'step' && row.items && row.items.known > fewItems ? row.items.failedKnown : 0), 0);
  const span = spanOf(record.steps.values(), { startedAt: run.startedAt, now, finishedAt: run.finishedAt });
  const shown = selected ?? matters;

  const toggle = (key: string) =>
    setToggled((known) => {
      const next = new Set(known);
      if (!next.delete(key)) next.add(key);
      return next;
    });

  return (
    <TwoPanes
      id={timeline ? 'weft.run.page' : 'weft.run.panel'}
      timeline={timeline}
      left={
        <>
          {lead}
          {(failedItems > 0 || failedOnly) && <FailedFilter count={failedItems} value={failedOnly} onChange={setFailedOnly} />}
          <RunTree run={run} record={record} rows={rows} selected={shown} onSelect={onSelect} onToggle={toggle} span={span} now={now} timeline={timeline} />
        </>
      }
      right={aside ?? <Details run={run} record={record} shown={shown} onSelect={onSelect} actions={actions} now={now} />}
    />
  );
}

function Details({ run, record, shown, onSelect, actions, now }: {
  run: ShownRun;
  record: RunRecord;
  shown: string;
  onSelect: (key: string) => void;
  actions: StepActions | undefined;
  now: number;
}) {
  if (shown === runKey) return <RunOverview run={run} record={record} onSelect={onSelect} />;
  if (shown.endsWith(']')) return <ItemDetails run={run} record={record} itemKey={shown} onSelect={onSelect} />;
  return <StepDetails key={shown} run={run} record={record} stepKey={shown} now={now} actions={actions} />;
}

function FailedFilter({ count, value, onChange }: { count: number; value: boolean; onChange: (value: boolean) => void }) {
  const { t } = useTranslation('run-panel');
  return (
    <div className="flex h-8 shrink-0 items-center border-b border-line px-3">
      <Checkbox label={t('tree.failedOnly', { count })} checked={value} onChange={onChange} />
    </div>
  );
}

/** List and details with a border that can be moved and is remembered. */
export function TwoPanes({ id, timeline, left, right }: { id: string; timeline?: boolean; left: ReactNode; right: ReactNode }) {
  const { t } = useTranslation('run-panel');
  const layout = useDefaultLayout({ id, panelIds: ['steps', 'details'], storage: localStorage });
  return (
    <Group {...layout} className="h-full min-h-0" orientation="horizontal">
      <Panel id="steps" defaultSize={timeline ? '52%' : '36%'} minSize={260}>
        <div className="flex h-full min-h-0 flex-col">{left}</div>
      </Panel>
      <Separator
        aria-label={t('resize')}
        className="relative w-px bg-line outline-none before:absolute before:inset-y-0 before:-inset-x-1 before:z-10 hover:bg-accent focus-visible:bg-accent data-[separator=active]:bg-accent"
      />
      <Panel id="details" minSize={240}>
        <div className="flex h-full min-h-0 flex-col">{right}</div>
      </Panel>
    </Group>
  );
}
