import type { RunSummary } from '@weft/api';
import { History } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf, useRuns } from '../api/index.ts';
import { sentenceOf } from '../locales/sentence-of.ts';
import { Badge, Button, Checkbox, ClockTime, EmptyState, ErrorState, formatDuration, RunStatusBadge, Segmented, SkeletonRows } from '../ui/index.ts';
import { ListLine } from './list-line.tsx';
import './words.ts';

export interface HistoryTabProps {
  flowId: string;
  /** The run that is shown in the panel. */
  shown: string | null;
  onOpen: (run: RunSummary) => void;
  /** What a click does. Default: shows the run. */
  openLabel?: string;
}

/** Past runs of the flow, newest first; live. */
export function HistoryTab({ flowId, shown, onOpen, openLabel }: HistoryTabProps) {
  const { t } = useTranslation('run-panel');
  const [mode, setMode] = useState<'all' | 'live' | 'test'>('all');
  const [failed, setFailed] = useState(false);
  const runs = useRuns({ flow: flowId, ...(mode !== 'all' && { mode }), ...(failed && { status: 'failed' as const }) });
  const rows = runs.data?.pages.flatMap((page) => page.items) ?? [];
  const isFiltered = mode !== 'all' || failed;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-4 border-b border-line px-3 py-1.5">
        <Segmented
          size="sm"
          label={t('history.filter')}
          value={mode}
          onChange={setMode}
          options={[
            { value: 'all', label: t('history.mode.all') },
            { value: 'live', label: t('history.mode.live') },
            { value: 'test', label: t('history.mode.test') },
          ]}
        />
        <Checkbox label={t('history.failedOnly')} checked={failed} onChange={setFailed} />
      </div>
      <div className="min-h-0 flex-1 overflow-auto" aria-busy={runs.isPending}>
        {runs.isPending && <SkeletonRows rows={4} />}
        {runs.isError && <ErrorState text={messageOf(runs.error)} retry={() => void runs.refetch()} />}
        {runs.isSuccess && rows.length === 0 && !isFiltered && (
          <EmptyState icon={<History />} title={t('history.empty.title')} text={t('history.empty.text')} />
        )}
        {runs.isSuccess && rows.length === 0 && isFiltered && <p className="px-3 py-4 text-sm text-muted">{t('history.nothing')}</p>}
        {rows.length > 0 && (
          <ul aria-label={t('history.label')}>
            {rows.map((run) => (
              <RunLine key={run.id} run={run} isShown={run.id === shown} label={openLabel ?? t('history.open')} onOpen={() => onOpen(run)} />
            ))}
          </ul>
        )}
        {runs.hasNextPage && (
          <Button size="sm" className="m-2" loading={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
            {t('history.more')}
          </Button>
        )}
      </div>
    </div>
  );
}

function RunLine({ run, isShown, label, onOpen }: { run: RunSummary; isShown: boolean; label: string; onOpen: () => void }) {
  const { t, i18n } = useTranslation('run-panel');
  return (
    <ListLine isShown={isShown} title={label} onOpen={onOpen}>
      <span className="w-24 shrink-0">
        <RunStatusBadge status={run.status} />
      </span>
      <span className="w-18 shrink-0">
        <Badge>{run.mode === 'test' ? t('test') : t('version', { number: run.version })}</Badge>
      </span>
      <span className="w-32 shrink-0 text-muted">
        <ClockTime at={run.createdAt} />
      </span>
      <span className="tabular w-16 shrink-0 text-right text-muted">{run.durationMs === null ? '–' : formatDuration(run.durationMs)}</span>
      {(run.name ?? run.title) !== null && <span className="one-line max-w-60 shrink-0 font-medium text-fg">{run.name ?? run.title}</span>}
      {run.warnings > 0 && (
        <Badge tone="warn">{t('history.warnings', { count: run.warnings, number: new Intl.NumberFormat(i18n.language).format(run.warnings) })}</Badge>
      )}
      {run.openDeadLetters > 0 && (
        <Badge tone="danger">
          {t('history.letters', { count: run.openDeadLetters, number: new Intl.NumberFormat(i18n.language).format(run.openDeadLetters) })}
        </Badge>
      )}
      <span className="one-line flex-1 text-muted" title={run.error ? sentenceOf(run.error) : undefined}>
        {run.error && sentenceOf(run.error)}
      </span>
      {isShown && <span className="shrink-0 text-accent-text">{t('history.shown')}</span>}
    </ListLine>
  );
}
