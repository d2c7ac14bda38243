import { Link } from '@tanstack/react-router';
import type { StreamProgressView } from '@weft/api';
import { Check, CircleSlash, Gauge, History, Hourglass, Info, Rows3, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { stepIdOf } from '@weft/flow';
import { useWorkspaceId } from '../api/index.ts';
import { cx, formatBytes, formatDuration, Progress } from '../ui/index.ts';
import { isAside, isOver, type ShownRun } from './shown-run.ts';
import './words.ts';

/** A test run takes no more. */
const testedRecords = 100;

/** How far each loop over a stream is, or was at the end. */
export function StreamProgressList({ run, stepKey }: { run: ShownRun; stepKey?: string }) {
  const all = run.detail?.progress ?? [];
  return all.filter((one) => stepKey === undefined || one.stepKey === stepKey)
    .map((one) => <StreamProgress key={one.stepKey} run={run} progress={one} named={stepKey === undefined} />);
}

function StreamProgress({ run, progress, named }: { run: ShownRun; progress: StreamProgressView; named: boolean }) {
  const { t, i18n } = useTranslation('run-panel');
  const { amount, finished } = progress;
  const state = finished ? 'done' : isOver(run) ? 'stopped' : isAside(run) ? 'aside' : 'running';
  const share = amount?.total ? Math.min(1, amount.done / amount.total) : undefined;
  const number = (count: number) => new Intl.NumberFormat(i18n.language).format(count);
  const title = run.flow.steps[stepIdOf(progress.stepKey)]?.title ?? progress.stepKey;
  const percent = share === undefined
    ? ''
    : new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: share < 0.01 ? 2 : share < 0.1 ? 1 : 0 }).format(share);
  return (
    <section aria-label={t('stream.label', { title })} data-stream={state} className="@container flex shrink-0 flex-col gap-2 border-b border-line px-3 py-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <h3 className="one-line max-w-full text-sm font-semibold" title={title}>
          {named ? title : t(`stream.state.${state}`)}
        </h3>
        {named && <span className="text-xs text-muted">{t(`stream.state.${state}`)}</span>}
        <span className="tabular ml-auto text-xs text-muted">
          {[percent && !finished ? percent : '', amount && amountText(amount, t, number, i18n.language)].filter(Boolean).join(' · ')}
        </span>
      </div>
      {state !== 'done' && share !== undefined && (
        <Progress label={t('stream.bar', { title })} value={share} tone={state === 'stopped' || state === 'aside' ? 'warn' : 'accent'} className="w-full" />
      )}
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2 @xs:grid-cols-3 @2xl:grid-cols-6">
        <Fact icon={<Check className="text-ok" />} label={t('stream.succeeded')} value={number(progress.succeeded)} />
        <Fact
          icon={<TriangleAlert className={progress.failed > 0 ? 'text-danger' : 'text-subtle'} />}
          label={t('stream.failed')}
          value={number(progress.failed)}
          danger={progress.failed > 0}
        />
        <Fact icon={<CircleSlash className="text-subtle" />} label={t('stream.skipped')} value={number(progress.skipped)} />
        <Fact
          icon={<Gauge className="text-subtle" />}
          label={finished ? t('stream.perSecondMean') : t('stream.perSecond')}
          value={number(progress.recordsPerSecond)}
        />
        {state === 'running' && progress.secondsLeft !== null ? (
          <Fact icon={<Hourglass className="text-subtle" />} label={t('stream.left')} value={leftText(progress.secondsLeft, t)} />
        ) : (
          <Fact icon={<Hourglass className="text-subtle" />} label={t('stream.took')} value={formatDuration(progress.seconds * 1000)} />
        )}
        <Fact icon={<Rows3 className="text-subtle" />} label={t('stream.batches')} value={number(progress.batches)} />
      </dl>
      {progress.continued > 0 && (
        <Said icon={<History aria-hidden="true" />}>{t('stream.continued', { count: progress.continued })}</Said>
      )}
      {progress.restarts > 0 && (
        <Said warn icon={<TriangleAlert aria-hidden="true" />}>
          {t('stream.restarts', { count: progress.restarts })}
        </Said>
      )}
      {run.detail?.mode === 'test' && finished && progress.read >= testedRecords && <Said icon={<Info aria-hidden="true" />}>{t('start.cut')}</Said>}
      <Letters run={run} progress={progress} />
    </section>
  );
}

/** The way to the records that failed. */
function Letters({ run, progress }: { run: ShownRun; progress: StreamProgressView }) {
  const { t, i18n } = useTranslation('run-panel');
  const workspace = useWorkspaceId();
  const open = run.detail?.openDeadLetters ?? 0;
  const loop = run.flow.steps[stepIdOf(progress.stepKey)];
  // While it runs, only its progress is up to date.
  const isGrowing = !isOver(run) && progress.failed > 0 && loop?.kind === 'forEach' && loop.onItemError === 'collect';
  if (open === 0 && !isGrowing) return null;
  return (
    <Link
      to="/w/$workspace/runs/$run"
      params={{ workspace, run: run.id }}
      search={{ tab: 'dead-letters' }}
      className="w-fit rounded-sm text-sm font-medium text-accent-text hover:underline"
    >
      {isGrowing ? t('stream.lettersSoFar') : t('stream.letters', { count: open, number: new Intl.NumberFormat(i18n.language).format(open) })}
    </Link>
  );
}

function Fact({ icon, label, value, danger = false }: { icon: ReactNode; label: string; value: string; danger?: boolean }) {
  return (
    <div className="flex min-w-0 flex-col">
      <dt className="flex items-center gap-1 text-xs text-muted [&_svg]:size-3.5">
        {icon}
        {label}
      </dt>
      <dd className={cx('tabular text-lg leading-6 font-semibold', danger ? 'text-danger-text' : 'text-fg')}>{value}</dd>
    </div>
  );
}

function Said({ icon, warn = false, children }: { icon: ReactNode; warn?: boolean; children: ReactNode }) {
  return <p className={cx(
    'flex items-start gap-1.5 text-xs [&>svg]:mt-px [&>svg]:size-3.5 [&>svg]:shrink-0',
    warn ? 'text-warn-text' : 'text-muted',
  )}>{icon}{children}</p>;
}

type Translate = ReturnType<typeof useTranslation<'run-panel'>>['t'];

function amountText(
  { unit, done, total }: NonNullable<StreamProgressView['amount']>,
  t: Translate,
  number: (count: number) => string,
  language: string,
): string {
  const text = (count: number) => (unit === 'bytes' ? formatBytes(count, language) : number(count));
  const what = unit === 'bytes' ? '' : ` ${t(`stream.unit.${unit}`)}`;
  return (total === null ? text(done) : t('stream.of', { done: text(done), total: text(total) })) + what;
}

/** An estimate is no clock: whole seconds below a minute, then minutes, then hours. */
function leftText(seconds: number, t: Translate): string {
  if (seconds < 60) return t('stream.secondsLeft', { count: Math.max(1, Math.round(seconds)) });
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? t('stream.minutesLeft', { count: minutes }) : t('stream.hoursLeft', { count: Math.round(minutes / 60) });
}
