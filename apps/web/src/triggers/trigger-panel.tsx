import type { TriggerState } from '@weft/api';
import { History, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePollNow, useTriggerState } from '../api/index.ts';
import { useEditor } from '../editor/state/index.ts';
import { Button, formatDateTime, Notice, RelativeTime, toast } from '../ui/index.ts';
import { BackfillDialog } from './backfill-dialog.tsx';
import { BackfillList } from './backfill-list.tsx';
import { useScheduleZone } from './use-schedule-zone.ts';
import './words.ts';

/** What a schedule or a polling trigger does by itself: last time, next time, what went wrong, and what can be made up for. */
export function TriggerPanel({ kind }: { kind: TriggerState['kind'] }) {
  const flow = useEditor((state) => state.facts?.id);
  return flow === undefined ? null : <Panel flow={flow} kind={kind} />;
}

function Panel({ flow, kind }: { flow: string; kind: TriggerState['kind'] }) {
  const { t } = useTranslation('triggers');
  const state = useTriggerState(flow).data;
  const [filling, setFilling] = useState(false);
  // The published flow may still start in another way than the draft.
  const own = state?.kind === kind ? state : undefined;
  return (
    <section aria-label={t(`title.${kind}`)} className="flex flex-col gap-2 border-t border-line pt-4">
      <h2 className="text-sm font-semibold">{t(`title.${kind}`)}</h2>
      {own ? <Facts state={own} /> : <p className="text-xs text-muted">{t('notPublished')}</p>}
      {own?.error != null && (
        <Notice tone="warn">
          <p className="font-medium">{kind === 'schedule' ? t('failedStart') : own.failures === 0 ? t('resting') : t('failing', { count: own.failures })}</p>
          <p className="break-words">{own.error}</p>
        </Notice>
      )}
      {own?.active === true && (
        <div className="flex flex-wrap gap-2">
          {kind === 'polling' && <PollNow flow={flow} />}
          <Button size="sm" icon={<History />} onClick={() => setFilling(true)}>
            {t('backfill.open')}
          </Button>
        </div>
      )}
      {own && <BackfillList flow={flow} kind={kind} />}
      {filling && own && <BackfillDialog flow={flow} state={own} onClose={() => setFilling(false)} />}
    </section>
  );
}

function Facts({ state }: { state: TriggerState }) {
  const { t } = useTranslation('triggers');
  const { kind, active, lastAt, nextAt, lastItems } = state;
  return (
    <>
      {!active && <p className="text-xs text-muted">{t('off')}</p>}
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 text-xs">
        <dt className="text-muted">{t(`last.${kind}`)}</dt>
        <dd>
          {lastAt === null ? t('never') : <RelativeTime at={lastAt} />}
          {lastAt !== null && lastItems !== null && state.error === null && <span className="text-muted"> · {t('found', { count: lastItems })}</span>}
        </dd>
        {active && (
          <>
            <dt className="text-muted">{t(`next.${kind}`)}</dt>
            <dd className="tabular">{nextAt === null ? t(state.error === null ? 'never' : 'notByItself') : <NextTime at={nextAt} />}</dd>
          </>
        )}
      </dl>
    </>
  );
}

/** As the clock shows it where the schedule is meant; elsewhere the zone is named. */
function NextTime({ at }: { at: string }) {
  const { i18n } = useTranslation('triggers');
  const zone = useScheduleZone();
  return (
    <time dateTime={at}>
      {formatDateTime(at, i18n.language, zone)}
      {zone !== undefined && <span className="text-muted"> {zone}</span>}
    </time>
  );
}

function PollNow({ flow }: { flow: string }) {
  const { t } = useTranslation('triggers');
  const poll = usePollNow(flow);
  const look = (): void =>
    poll.mutate(undefined, {
      onSuccess: ({ error, lastItems }) => {
        if (error === null) toast.info(t('foundNow', { count: lastItems ?? 0 }));
      },
    });
  return (
    <Button size="sm" icon={<RefreshCw />} loading={poll.isPending} onClick={look}>
      {t('pollNow')}
    </Button>
  );
}
