import type { Backfill, TriggerState } from '@weft/api';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useBackfills, useStopBackfill } from '../api/index.ts';
import { Badge, Button, formatShortTime, Progress, type Tone } from '../ui/index.ts';
import './words.ts';

/** What is being made up for, with how far it is; the newest first. */
export function BackfillList({ flow, kind }: { flow: string; kind: TriggerState['kind'] }) {
  const { t, i18n } = useTranslation('triggers');
  const backfills = useBackfills(flow).data ?? [];
  const stop = useStopBackfill(flow);
  if (backfills.length === 0) return null;
  return (
    <div className="flex flex-col gap-1.5">
      <h3 className="text-xs font-medium">{t('backfill.list')}</h3>
      <ul aria-label={t('backfill.list')} className="flex flex-col rounded-md border border-line">
        {backfills.slice(0, shown).map((backfill) => (
          <li key={backfill.id} className="flex flex-col gap-1 border-b border-line px-2.5 py-1.5 text-xs last:border-b-0">
            <span className="flex min-h-6 items-center gap-2">
              <Badge tone={tones[backfill.status]}>{t(`backfill.status.${backfill.status}`)}</Badge>
              <span className="one-line min-w-0 flex-1">{rangeText(backfill, kind, t, i18n.language)}</span>
              <span className="tabular text-muted">{progressText(backfill, t)}</span>
              {backfill.status === 'running' && (
                <Button size="sm" loading={stop.isPending} onClick={() => stop.mutate(backfill.id)}>
                  {t('backfill.stop')}
                </Button>
              )}
            </span>
            {backfill.status === 'running' && backfill.total !== null && (
              <Progress label={progressText(backfill, t)} value={backfill.done / Math.max(1, backfill.total)} className="w-full" />
            )}
            {backfill.error !== null && <span className="break-words text-danger-text">{backfill.error}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

const shown = 5;
const tones: Record<Backfill['status'], Tone> = { running: 'accent', done: 'ok', failed: 'danger', cancelled: 'neutral' };

function rangeText({ from, to }: Backfill, kind: TriggerState['kind'], t: TFunction<'triggers'>, language: string): string {
  if (kind === 'polling' || to === null) return t('backfill.since', { from });
  return t('backfill.range', { from: formatShortTime(from, language), to: formatShortTime(to, language) });
}

const progressText = ({ done, total }: Backfill, t: TFunction<'triggers'>): string =>
  total === null ? t('backfill.done', { count: done }) : t('backfill.progress', { done, total });
