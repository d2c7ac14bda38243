import type { BackfillPreview, TriggerState } from '@weft/api';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf, useBackfillPreview, useBeginBackfill } from '../api/index.ts';
import { Button, Dialog, formatShortTime, Notice, TextField, toast } from '../ui/index.ts';
import { ownZone, useScheduleZone } from './use-schedule-zone.ts';
import './words.ts';

interface BackfillDialogProps {
  flow: string;
  state: TriggerState;
  onClose: () => void;
}

/** Chooses what is made up for, and says how many runs that are before anything starts. */
export function BackfillDialog({ flow, state, onClose }: BackfillDialogProps) {
  const { t } = useTranslation('triggers');
  const zone = useScheduleZone();
  const isSchedule = state.kind === 'schedule';
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const range = rangeOf(isSchedule, from, to);
  const preview = useBackfillPreview(flow, useDeferredValue(range));
  const begin = useBeginBackfill(flow);
  const start = (): void => {
    if (!range) return;
    begin.mutate(range, {
      onSuccess: () => {
        toast.info(t('backfill.begun'));
        onClose();
      },
    });
  };
  const total = preview.data?.total ?? null;
  const ready = range !== null && preview.data !== undefined && !preview.data.tooMany && total !== 0;
  const failure = begin.error ?? preview.error;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('backfill.title')}
      description={isSchedule ? t('backfill.scheduleText') : t('backfill.pollingText')}
      dismissable={false}
      footer={
        <>
          <Button onClick={onClose}>{t('backfill.cancel')}</Button>
          <Button variant="primary" disabled={!ready} loading={begin.isPending} onClick={start}>
            {total === null ? t('backfill.beginUnknown') : t('backfill.begin', { count: total })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {isSchedule ? (
          <div className="grid grid-cols-2 gap-3">
            <TextField type="datetime-local" label={t('backfill.from')} value={from} onChange={setFrom} />
            <TextField type="datetime-local" label={t('backfill.to')} value={to} onChange={setTo} />
            {zone !== undefined && <p className="col-span-2 text-xs text-subtle">{t('backfill.zone', { own: ownZone(), zone })}</p>}
          </div>
        ) : (
          <TextField label={state.since?.title ?? t('backfill.from')} hint={state.since?.description} value={from} onChange={setFrom} />
        )}
        {failure ? <Notice tone="danger">{messageOf(failure)}</Notice> : range && <PreviewLine preview={preview.data} />}
      </div>
    </Dialog>
  );
}

function PreviewLine({ preview }: { preview: BackfillPreview | undefined }) {
  const { t, i18n } = useTranslation('triggers');
  if (!preview) return <p className="text-sm text-muted">{t('backfill.asking')}</p>;
  const most = preview.most.toLocaleString(i18n.language);
  if (preview.tooMany) return <Notice tone="warn">{t('backfill.tooMany', { most })}</Notice>;
  if (preview.total === null) return <p className="text-sm text-muted">{t('backfill.unknown', { most })}</p>;
  const momentOf = (at: string | null) => (at === null ? '' : formatShortTime(at, i18n.language));
  return <p className="text-sm">{t('backfill.preview', { count: preview.total, first: momentOf(preview.first), last: momentOf(preview.last) })}</p>;
}

/** Null while something is missing. */
function rangeOf(isSchedule: boolean, from: string, to: string): { from: string; to?: string } | null {
  if (from.trim() === '') return null;
  if (!isSchedule) return { from: from.trim() };
  const [begin, end] = [new Date(from), new Date(to)];
  return Number.isNaN(begin.getTime()) || Number.isNaN(end.getTime()) ? null : { from: begin.toISOString(), to: end.toISOString() };
}
