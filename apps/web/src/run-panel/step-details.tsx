import { givesOutput, portsOf, stepIdOf, type Step } from '@weft/flow';
import { isObject } from '@weft/json-schema';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { DataView } from '../data-view/index.ts';
import { sentenceOf } from '../locales/sentence-of.ts';
import { Badge, formatDuration, Notice } from '../ui/index.ts';
import { ReplayButton } from '../replay/index.ts';
import { CalledRun } from './called-run.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { LargeValue } from './large-value.tsx';
import { PaneText, Panes, type Pane } from './panes.tsx';
import { itemTitle } from './item-title.ts';
import { failedRule } from './record/failed-rule.ts';
import { loopValues } from './record/loop-values.ts';
import { rowStatus, type RowStatus } from './record/rows.ts';
import type { RunRecord, StepRecord } from './record/run-record.ts';
import { RunStepIcon } from './run-step-icon.tsx';
import { isAside, isOver, type ShownRun } from './shown-run.ts';
import type { StepActions } from './step-actions.ts';
import { StreamProgressList } from './stream-progress.tsx';
import { StepTools } from './step-tools.tsx';
import { StatusIcon } from './status-icon.tsx';
import { asksPeople, WaitNotice } from './wait-notice.tsx';
import { TriesList } from './tries-list.tsx';
import './words.ts';

export interface StepDetailsProps {
  run: ShownRun;
  record: RunRecord;
  /** Of the step, with its loop path. */
  stepKey: string;
  now: number;
  actions: StepActions | undefined;
}

/** One step at one place of the run: how it went, what it got and what it gave. */
export function StepDetails({ run, record, stepKey, now, actions }: StepDetailsProps) {
  const { t } = useTranslation('run-panel');
  const stepId = stepIdOf(stepKey);
  const step = run.flow.steps[stepId];
  const found = record.steps.get(stepKey);
  const status = rowStatus(found?.status, isOver(run), isAside(run));
  const title = step?.title ?? stepId;
  return (
    <section aria-label={title} className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <header className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-3 py-1">
        <span className="inline-flex text-muted">
          <RunStepIcon step={step} size={16} />
        </span>
        <h2 className="one-line max-w-80 text-sm font-semibold" title={title}>
          {title}
        </h2>
        <Facts step={step} found={found} status={status} now={now} />
        <span className="ml-auto">
          {run.detail && step && <ReplayButton run={run.detail} stepKey={stepKey} {...(actions && { onStarted: actions.showRun })} />}
        </span>
        <StepTools stepId={stepId} title={title} output={found?.output} actions={actions} />
      </header>
      {found?.error && status !== 'interrupted' && (
        <FailureNotice
          error={found.error}
          field={failedRule({ flow: run.flow, record }, found)?.field}
          wentOn={found.port !== undefined || status === 'waiting'}
          action={actions?.openStep && { label: t('details.openStep'), run: () => actions.openStep?.(stepId, found.error) }}
        />
      )}
      {status === 'parked' && found && <WaitNotice run={run} found={found} />}
      <CalledRun found={found} />
      <Warnings warnings={found?.warnings ?? []} />
      {status === 'interrupted' && found?.wait === undefined && found?.attempts.some(({ outcome }) => outcome === undefined) === true && (
        <Notice tone="warn" className="shrink-0 rounded-none border-b border-line">
          {t('details.interrupted')}
        </Notice>
      )}
      <StreamProgressList run={run} stepKey={stepKey} />
      <LeftOut record={record} found={found} />
      {/* Whoever is asked has what is shown to them above the buttons. */}
      {!(status === 'parked' && asksPeople(found)) && <StepBody run={run} record={record} found={found} status={status} now={now} />}
    </section>
  );
}

function Facts({ step, found, status, now }: { step: Step | undefined; found: StepRecord | undefined; status: RowStatus; now: number }) {
  const { t } = useTranslation('run-panel');
  const item = found?.itemKey === undefined ? undefined : itemTitle(found.itemKey, t);
  const isAtWork = status === 'running' || status === 'waiting' || status === 'parked';
  const endedAt = found?.endedAt ?? (isAtWork ? now : undefined);
  const took = found?.startedAt === undefined || endedAt === undefined || status === 'skipped' ? undefined : endedAt - found.startedAt;
  const port = step && found?.port !== undefined && portsOf(step).length > 1 ? portsOf(step).find(({ id }) => id === found.port) : undefined;
  return (
    <>
      {item !== undefined && <Badge>{item}</Badge>}
      <span className="flex items-center gap-1 text-xs text-muted">
        <StatusIcon status={status} />
        <span aria-hidden="true">{t(`status.${status}`)}</span>
      </span>
      {took !== undefined && <span className="tabular text-xs text-subtle">{took < 1 ? t('tree.instant') : formatDuration(took)}</span>}
      {port && <Badge>{t('details.wentOn', { port: sentenceOf(port) })}</Badge>}
    </>
  );
}

/** One is read at once; of many only the first, so that the data stays in view. */
function Warnings({ warnings }: { warnings: StepRecord['warnings'] }) {
  const { t } = useTranslation('run-panel');
  const [first, ...others] = warnings.map(sentenceOf);
  if (first === undefined) return null;
  return (
    <Notice tone="warn" className="shrink-0 rounded-none border-b border-line py-1.5">
      {others.length === 0 ? (
        first
      ) : (
        <details>
          <summary className="cursor-pointer">
            {first} {t('details.moreWarnings', { count: others.length })}
          </summary>
          <ul className="mt-1 flex flex-col gap-0.5">
            {others.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </details>
      )}
    </Notice>
  );
}

/** Long loops keep every count, but not every item. */
function LeftOut({ record, found }: { record: RunRecord; found: StepRecord | undefined }) {
  const { t, i18n } = useTranslation('run-panel');
  const output = found?.output;
  const shown = found === undefined ? 0 : (record.items.get(found.key)?.length ?? 0);
  if (!isObject(output) || shown === 0) return null;
  const all = ['succeeded', 'failed', 'skipped'].reduce((sum, name) => sum + (typeof output[name] === 'number' ? output[name] : 0), 0);
  if (all <= shown) return null;
  const isStream = typeof output['read'] === 'number';
  return (
    <Notice className="shrink-0 rounded-none border-b border-line py-1.5">
      {t(isStream ? 'details.leftOutRecords' : 'details.leftOut', {
        shown,
        all: new Intl.NumberFormat(i18n.language).format(all),
      })}
    </Notice>
  );
}

function StepBody({ run, record, found, status, now }: { run: ShownRun; record: RunRecord; found: StepRecord | undefined; status: RowStatus; now: number }) {
  const { t } = useTranslation('run-panel');
  if (found === undefined) return <PaneText>{status === 'pending' ? t('details.pending') : t('details.notReached')}</PaneText>;
  if (status === 'skipped') {
    return <PaneText>{isObject(found.output) && found.output['passed'] === false ? t('details.filtered') : t('details.skipped')}</PaneText>;
  }
  const step = run.flow.steps[found.stepId];
  const isStream = step?.kind === 'forEach' && step.source !== undefined;
  const list = step?.kind === 'forEach' ? loopValues({ flow: run.flow, record }, found.key) : undefined;
  // What a source without fields gets says nothing.
  const got = isStream && isObject(found.input) && Object.keys(found.input).length === 0 ? undefined : found.input;
  const input = got ?? (list && [...list].map((value) => value ?? null));
  const panes: Pane[] = [];
  if (input !== undefined) {
    const label = list ? t('details.list') : t('details.input');
    panes.push({ id: 'input', label, content: <DataView value={input} title={label} className="flex-1" /> });
  } else if (found.large?.input) {
    panes.push({
      id: 'input',
      label: t('details.input'),
      content: <LargeValue runId={run.id} query={{ part: 'input', stepKey: found.key }} sizeBytes={found.large.input.sizeBytes} title={t('details.input')} />,
    });
  }
  if (status !== 'failed' || found.output !== undefined) {
    panes.push({
      id: 'output',
      label: t('details.output'),
      content:
        found.output === undefined && found.large?.output ? (
          <LargeValue runId={run.id} query={{ part: 'output', stepKey: found.key }} sizeBytes={found.large.output.sizeBytes} title={t('details.output')} />
        ) : found.output === undefined ? <PaneText>{noOutputText(
          found,
          run,
          status,
          t,
        )}</PaneText> : <DataView value={found.output} title={t('details.output')} className="flex-1" />,
    });
  }
  if (found.attempts.length > 1 || status === 'waiting') {
    panes.push({
      id: 'tries',
      label: `${t('details.tries')} (${found.attempts.length})`,
      alone: true,
      content: <TriesList attempts={found.attempts} now={now} isOver={isOver(run)} />,
    });
  }
  const failed = panes.length === 0 ? failedRule({ flow: run.flow, record }, found) : undefined;
  if (failed && Object.keys(failed.read).length > 0) {
    panes.push({ id: 'input', label: t('details.read'), content: <DataView value={failed.read} title={t('details.read')} className="flex-1" /> });
  }
  if (panes.length === 0) return <PaneText>{t('details.noInput')}</PaneText>;
  const first = status === 'waiting' ? 'tries' : status === 'failed' || found.output === undefined ? 'input' : 'output';
  return <Panes key={`${found.key} ${first}`} panes={panes} first={first} />;
}

function noOutputText(found: StepRecord, run: ShownRun, status: RowStatus, t: TFunction<'run-panel'>): string {
  if (status !== 'succeeded') return t('details.notYet');
  const step = run.flow.steps[found.stepId];
  const givesNothing = step !== undefined && !givesOutput(step);
  return isOver(run) || givesNothing ? t('details.noOutput') : t('details.large');
}
