import { isObject, type Json } from '@weft/json-schema';
import { Hourglass, Send, SkipForward } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf, useEndWait, useRunApprovals } from '../api/index.ts';
import { DecisionForm, ShownData } from '../approvals/index.ts';
import { Button, formatDateTime, toast } from '../ui/index.ts';
import type { StepRecord } from './record/run-record.ts';
import { SendSignalDialog } from './send-signal-dialog.tsx';
import type { ShownRun } from './shown-run.ts';
import './words.ts';

export const asksPeople = (found: StepRecord | undefined): boolean => found?.wait?.signals.some(({ name }) => name === 'approval') ?? false;

/** What a parked step waits for, and what a person can do about it. */
export function WaitNotice({ run, found }: { run: ShownRun; found: StepRecord }) {
  const { t, i18n } = useTranslation('run-panel');
  const [sending, setSending] = useState(false);
  const end = useEndWait();
  const { wait } = found;
  // What was called is shown by itself, while it runs and afterwards.
  if (!wait || wait.signals.some(({ name }) => name === 'run')) return null;
  if (asksPeople(found)) return <AskedPeople run={run} stepKey={found.key} />;
  const skippable = wait.signals.some(({ name }) => name === 'skip');
  const signal = wait.signals.find(({ name }) => name.startsWith('step:') || name.startsWith('test:'));
  const until = wait.until === undefined ? undefined : formatDateTime(wait.until, i18n.language);
  const endIt = (payload?: Parameters<typeof end.mutate>[0]['payload']): void =>
    end.mutate(
      { run: run.id, stepKey: found.key, payload },
      { onSuccess: () => setSending(false), onError: (error) => toast.error(messageOf(error)) },
    );
  return (
    <>
      <Frame
        actions={
          skippable && (
            <>
              {signal && (
                <Button size="sm" icon={<Send />} onClick={() => setSending(true)}>
                  {t('wait.send')}
                </Button>
              )}
              <Button size="sm" icon={<SkipForward />} loading={end.isPending && !sending} onClick={() => endIt()}>
                {t('wait.skip')}
              </Button>
            </>
          )
        }
      >
        {wait.rate && until !== undefined
          ? t(`wait.rate.${wait.rate.of}`, { count: wait.rate.calls, per: t(`wait.rate.per.${perOf(wait.rate.perMs)}`), time: until })
          : null}
        {wait.rate ? null : signal ? t('wait.signal', { key: signal.key }) : until === undefined ? t('wait.other') : t('wait.until', { time: until })}
        {signal && until !== undefined && ` ${t('wait.atMost', { time: until })}`}
        {signal?.name.startsWith('test:') === true && ` ${t('wait.testSignal')}`}
      </Frame>
      {sending && (
        <SendSignalDialog
          signalKey={signal?.key ?? ''}
          example={exampleOf(run, found)}
          sending={end.isPending}
          onSend={endIt}
          onClose={() => setSending(false)}
        />
      )}
    </>
  );
}

const perOf = (ms: number) => (ms >= 3_600_000 ? 'hour' : ms >= 60_000 ? 'minute' : 'second');

/** What the flow's sample of the signal brings. */
function exampleOf(run: ShownRun, { stepId }: StepRecord): Json {
  const output = run.flow.steps[stepId]?.samples?.[0]?.output ?? null;
  return (isObject(output) ? output['payload'] : undefined) ?? {};
}

/** The question and the decision, right where the run waits for it. */
function AskedPeople({ run, stepKey }: { run: ShownRun; stepKey: string }) {
  const { t, i18n } = useTranslation('run-panel');
  const approvals = useRunApprovals(run.id);
  const approval = approvals.data?.items.find((one) => one.stepKey === stepKey);
  if (!approval) return null;
  return (
    <div className="flex min-h-44 flex-1 flex-col gap-3 bg-sunken px-3 py-3">
      <div className="shrink-0">
        <p className="text-sm font-semibold">{approval.question}</p>
        {approval.dueAt !== null && approval.status === 'open' && (
          <p className="text-xs text-subtle">{t('wait.decideUntil', { time: formatDateTime(approval.dueAt, i18n.language) })}</p>
        )}
      </div>
      {/* A region that scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section tabIndex={0} aria-label={t('wait.shown')} className="focus-inset min-h-12 flex-1 overflow-y-auto">
        <ShownData value={approval.shown} />
      </section>
      <DecisionForm approval={approval} compact />
    </div>
  );
}

function Frame({ children, actions }: { children: ReactNode; actions: ReactNode }) {
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-warn-soft px-3 py-2 text-sm text-warn-text">
      <Hourglass aria-hidden="true" className="size-4 shrink-0" />
      <output className="min-w-48 flex-1">{children}</output>
      <span className="flex gap-2">{actions}</span>
    </div>
  );
}
