import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { DataView } from '../data-view/index.ts';
import { LoadingRegion, Notice } from '../ui/index.ts';
import { AnswerBody, AnswerHead } from './answer-view.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { FileLinks } from './file-links.tsx';
import { LargeValue } from './large-value.tsx';
import { PaneText, Panes, type Pane } from './panes.tsx';
import type { RunRecord } from './record/run-record.ts';
import { totalsOf, type Totals } from './record/totals.ts';
import { isOver, type ShownRun } from './shown-run.ts';
import { StreamProgressList } from './stream-progress.tsx';
import './words.ts';

export interface RunOverviewProps {
  run: ShownRun;
  record: RunRecord;
  onSelect: (key: string) => void;
}

/** The run as a whole: how it went, what it started with, what it answered, which files it wrote. */
export function RunOverview({ run, record, onSelect }: RunOverviewProps) {
  const { t } = useTranslation('run-panel');
  const { detail } = run;
  const error = detail?.error;
  const failing = error?.stepKey;
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      {error && (
        <FailureNotice
          error={error}
          action={failing !== undefined && record.steps.has(failing) ? { label: t('details.goToStep'), run: () => onSelect(failing) } : undefined}
        />
      )}
      {detail?.truncated === true && (
        <Notice tone="warn" className="rounded-none border-b border-line">
          {t('overview.truncated')}
        </Notice>
      )}
      <StreamProgressList run={run} />
      {detail && <FileLinks files={detail.files} isGrowing={!isOver(run)} />}
      {detail
        ? <Panes panes={panesOf(run, t)} first={detail.answer ? 'answer' : 'payload'} end={<TotalsLine totals={totalsOf(record)} isOver={isOver(run)} />} />
        : <LoadingRegion />}
    </div>
  );
}

function panesOf(run: ShownRun, t: TFunction<'run-panel'>): Pane[] {
  const { detail, flow } = run;
  if (!detail) return [];
  const payload: Pane = {
    id: 'payload',
    label: t('overview.payload'),
    content: detail.largePayload ? (
      <LargeValue runId={run.id} query={{ part: 'payload' }} sizeBytes={detail.largePayload.sizeBytes} title={t('overview.payload')} />
    ) : (
      <DataView value={detail.payload} title={t('overview.payload')} className="flex-1" />
    ),
  };
  const answers = Object.values(flow.steps).some(({ kind }) => kind === 'respond');
  if (!detail.answer && !answers) return [payload];
  const { answer } = detail;
  const label = t('overview.answer');
  if (!answer) return [payload, { id: 'answer', label, content: <PaneText>{isOver(run) ? t('overview.noAnswer') : t('overview.noAnswerYet')}</PaneText> }];
  return [
    payload,
    {
      id: 'answer',
      label,
      content: detail.largeAnswer
        ? <LargeValue runId={run.id} query={{ part: 'answer' }} sizeBytes={detail.largeAnswer.sizeBytes} title={label} />
        : <AnswerBody answer={answer} />,
      extra: <AnswerHead answer={answer} />,
    },
  ];
}

/** How many steps ended how, in one line. */
function TotalsLine({ totals, isOver: over }: { totals: Totals; isOver: boolean }) {
  const { t } = useTranslation('run-panel');
  const parts = (['succeeded', 'failed', 'skipped', 'open', 'retries', 'warnings'] as const)
    .filter((name) => totals[name] > 0)
    .map((name) => t(`totals.${name === 'open' && over ? 'cutOff' : name}`, { count: totals[name] }));
  return <p className="text-xs text-subtle">{parts.length === 0 ? t('totals.nothing') : parts.join(' · ')}</p>;
}
