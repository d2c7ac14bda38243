import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { RunDetail } from '@weft/api';
import { ChevronRight, CircleStop, RotateCcw, Workflow } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { usePageTitle } from '../app/page.tsx';
import { ApiError, messageOf, useCancelRun, useRun, useRunAgain, useWorkspaceId } from '../api/index.ts';
import { Badge, Button, buttonClass, ErrorState, formatDateTime, formatDuration, LoadingRegion, RunStatusBadge, Tabs } from '../ui/index.ts';
import { DeadLetterCount } from '../dead-letters/dead-letter-count.tsx';
import { ReplayButton, RunLabel, RunOrigin } from '../replay/index.ts';
import { QueueNotice } from './queue-reason.tsx';
import { calledRun, isOver } from './run-facts.ts';
import '../replay/words.ts';
import './words.ts';

const DeadLetterList = lazy(() => import('../dead-letters/dead-letter-list.tsx').then((module) => ({ default: module.DeadLetterList })));
const RunView = lazy(() => import('../run-panel/run-view.tsx').then((module) => ({ default: module.RunView })));

/** One run: what happened, when, with which data. */
export function RunPage() {
  const { t } = useTranslation('runs');
  const { run: id } = useParams({ from: '/framed/w/$workspace/runs/$run' });
  const workspace = useWorkspaceId();
  const run = useRun(id);
  usePageTitle(run.data ? `${calledRun(run.data)} · ${t('run')}` : t('run'));

  return (
    <main className="flex min-h-0 flex-1 flex-col bg-surface">
      {run.isPending && <LoadingRegion />}
      {run.isError && (
        <ErrorState
          heading="h1"
          text={messageOf(run.error)}
          {...(run.error instanceof ApiError && run.error.status === 404
            ? {
                title: t('missing'),
                action: (
                  <Link to="/w/$workspace/runs" params={{ workspace }} className={buttonClass()}>
                    {t('toRuns')}
                  </Link>
                ),
              }
            : { retry: () => void run.refetch() })}
        />
      )}
      {run.data && (
        <>
          <RunHeader run={run.data} />
          <RunOrigin run={run.data} />
          {run.data.queued && <QueueNotice reason={run.data.queued} />}
          <RunParts run={run.data} />
        </>
      )}
    </main>
  );
}

/** Its steps; and where it went through a stream, the records that failed. */
function RunParts({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runs');
  const navigate = useNavigate({ from: '/w/$workspace/runs/$run' });
  const { tab } = useSearch({ from: '/framed/w/$workspace/runs/$run' });
  const steps = (
    <Suspense fallback={<LoadingRegion />}>
      <RunView run={run} />
    </Suspense>
  );
  if (run.progress.length === 0 && tab === undefined) return <div className="min-h-0 flex-1 overflow-auto">{steps}</div>;
  const owner = { run: run.id };
  return (
    <Tabs
      label={t('parts.label')}
      value={tab ?? 'steps'}
      onChange={(next) => void navigate({ search: next === 'steps' ? {} : { tab: next }, replace: true })}
      tabs={[
        { id: 'steps', label: t('parts.steps') },
        { id: 'dead-letters', label: t('parts.letters'), badge: <DeadLetterCount owner={owner} /> },
      ]}
      className="flex min-h-0 flex-1 flex-col"
      listClassName="shrink-0 px-6"
      panelClassName="min-h-0 flex-1 overflow-auto"
    >
      {tab === undefined ? (
        steps
      ) : (
        <Suspense fallback={<LoadingRegion />}>
          <DeadLetterList owner={owner} flow={run.document} mode={run.mode} />
        </Suspense>
      )}
    </Tabs>
  );
}

function RunHeader({ run }: { run: RunDetail }) {
  const { t, i18n } = useTranslation(['runs', 'replay']);
  const workspace = useWorkspaceId();
  const navigate = useNavigate();
  const cancel = useCancelRun();
  const again = useRunAgain();
  return (
    <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line px-6 py-3">
      <div className="min-w-0">
        <nav aria-label={t('breadcrumb')} className="flex items-center gap-1 text-xs text-subtle">
          <Link to="/w/$workspace/runs" params={{ workspace }} className="rounded-sm hover:text-fg">
            {t('title')}
          </Link>
          <ChevronRight aria-hidden="true" className="size-3" />
          <span>{formatDateTime(run.createdAt, i18n.language)}</span>
        </nav>
        <div className="mt-0.5 flex flex-wrap items-center gap-2">
          <h1 className="one-line max-w-160 text-lg font-semibold" title={calledRun(run)}>
            {calledRun(run)}
          </h1>
          {calledRun(run) !== run.flowTitle && <span className="one-line max-w-80 text-sm text-muted">{run.flowTitle}</span>}
          <RunStatusBadge status={run.status} />
          <Badge>{run.mode === 'test' ? t('mode.test') : t('version', { number: run.version })}</Badge>
          {run.durationMs !== null && <span className="text-xs text-subtle">{formatDuration(run.durationMs)}</span>}
        </div>
      </div>
      <div className="flex items-center gap-2">
        <RunLabel run={run} />
        {run.status === 'failed' && run.error?.stepKey !== undefined && (
          <ReplayButton run={run} stepKey={run.error.stepKey} label={t('replay:failed')} size="md" />
        )}
        <Link to="/w/$workspace/flows/$flow" params={{ workspace, flow: run.flowId }} search={{ run: run.id }} className={buttonClass()}>
          <Workflow aria-hidden="true" />
          {t(run.status === 'failed' && run.error?.stepKey !== undefined ? 'openStep' : 'openFlow')}
        </Link>
        {isOver(run.status) ? (
          <Button
            icon={<RotateCcw />}
            loading={again.isPending}
            onClick={() => again.mutate(run.id, {
              onSuccess: ({ runId }) => void navigate({ to: '/w/$workspace/runs/$run', params: { workspace, run: runId } }),
            })}
          >
            {t('again')}
          </Button>
        ) : (
          <Button icon={<CircleStop />} loading={cancel.isPending} onClick={() => cancel.mutate(run.id)}>
            {t('cancel')}
          </Button>
        )}
      </div>
    </header>
  );
}
