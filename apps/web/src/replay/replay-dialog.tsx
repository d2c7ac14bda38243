import type { ReplayPreview, ReplayVersion } from '@weft/api';
import { CircleCheck, CircleDashed, KeyRound, TriangleAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf, useReplay, useReplayPreview } from '../api/index.ts';
import { Button, Dialog, ErrorState, LoadingRegion, Notice, Segmented, toast } from '../ui/index.ts';
import './words.ts';

export interface ReplayDialogProps {
  run: { id: string; mode: 'live' | 'test' };
  /** The step, with its loop path. */
  from: string;
  title: string;
  onClose: () => void;
  onStarted: (runId: string) => void;
}

/** Says what a replay would do again outside, and starts it. */
export function ReplayDialog({ run, from, title, onClose, onStarted }: ReplayDialogProps) {
  const { t } = useTranslation('replay');
  const [wanted, setVersion] = useState<ReplayVersion>('newest');
  const { data: preview, error, isPending, refetch } = useReplayPreview(run.id, from, wanted);
  const replay = useReplay(run.id);
  const hasNewest = preview?.versions.includes('newest') === true;
  const version = hasNewest ? wanted : 'same';
  const isUnsafe = preview?.effects.some(({ repeat, done, tried, perRecord }) => repeat === 'unsafe' && (done + tried > 0 || perRecord === true)) === true;
  const start = () =>
    replay.mutate(
      { from, version },
      {
        onSuccess: ({ runId }) => {
          toast.success(t('started'));
          onStarted(runId);
          onClose();
        },
      },
    );
  const names = run.mode === 'test'
    ? { same: t('version.sameTest'), newest: t('version.newestTest') }
    : { same: t('version.same'), newest: t('version.newest') };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('title', { title })}
      description={t('text')}
      footer={
        <Button variant={isUnsafe ? 'danger' : 'primary'} disabled={!preview || preview.refused !== null} loading={replay.isPending} onClick={start}>
          {isUnsafe ? t('confirmUnsafe') : t('confirm')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {hasNewest && (
          <Segmented<ReplayVersion>
            label={t('version.label')}
            value={version}
            onChange={setVersion}
            options={[
              { value: 'newest', label: names.newest },
              { value: 'same', label: names.same },
            ]}
          />
        )}
        {isPending && <LoadingRegion />}
        {error && <ErrorState text={messageOf(error)} retry={() => void refetch()} />}
        {preview?.refused && <Notice tone="danger">{preview.refused}</Notice>}
        {preview && preview.refused === null && <Effects preview={preview} asked={from} />}
      </div>
    </Dialog>
  );
}

function Effects({ preview, asked }: { preview: ReplayPreview; asked: string }) {
  const { t, i18n } = useTranslation('replay');
  const { effects, changed, from, anew } = preview;
  const writes = effects.filter(({ repeat }) => repeat !== 'read');
  const reads = effects.length - writes.length;
  return (
    <>
      {anew.map(({ stepId, title, read }) => (
        <Notice key={stepId} tone="warn">
          {t('anew', { title, count: read, number: new Intl.NumberFormat(i18n.language).format(read) })}
        </Notice>
      ))}
      {changed.length > 0 && (
        <Notice tone="warn">
          {from.stepKey !== asked && <p>{t('from', { title: from.title })}</p>}
          <p>{t('changed', { titles: changed.map(({ title }) => `“${title}”`).join(', ') })}</p>
        </Notice>
      )}
      {writes.length === 0 ? (
        <p className="text-sm text-muted">{t('nothing')}</p>
      ) : (
        <section aria-label={t('effects')} className="flex flex-col gap-1.5">
          <h3 className="text-sm font-medium">{t('effects')}</h3>
          <ul className="flex flex-col rounded-md border border-line">
            {writes.map((effect) => (
              <EffectRow key={effect.stepId} effect={effect} />
            ))}
          </ul>
        </section>
      )}
      <p className="text-xs text-subtle">{[reads > 0 ? t('reads', { count: reads }) : '', writes.length > 0 ? t('keys') : ''].filter(Boolean).join(' ')}</p>
    </>
  );
}

function EffectRow({ effect: { title, repeat, done, tried, perRecord, fillsFile } }: { effect: ReplayPreview['effects'][number] }) {
  const { t } = useTranslation('replay');
  const isFirst = done === 0 && tried === 0 && perRecord === undefined;
  const lines = [
    ...(perRecord && repeat !== 'read' ? [fillsFile ? t('perRecord.file') : t(`perRecord.${repeat}`)] : []),
    ...(done > 0 && repeat !== 'read' ? [t(`repeat.${repeat}`)] : []),
    ...(tried > 0 ? [t('tried', { count: tried }), repeat === 'unsafe' ? t('triedUnsafe') : ''] : []),
    ...(isFirst ? [t('first')] : []),
  ];
  return (
    <li className="flex items-start gap-2.5 border-b border-line px-3 py-2 last:border-b-0">
      <RepeatIcon kind={isFirst ? 'first' : fillsFile ? 'idempotent' : repeat} />
      <div className="min-w-0 flex-1">
        <p className="one-line text-sm font-medium" title={title}>
          {title}
          {done > 1 && <span className="tabular ml-2 text-xs font-normal text-subtle">{t('places', { count: done })}</span>}
        </p>
        <p className="text-xs text-muted">{lines.filter(Boolean).join(' ')}</p>
      </div>
    </li>
  );
}

function RepeatIcon({ kind }: { kind: ReplayPreview['effects'][number]['repeat'] | 'first' }): ReactNode {
  const look = 'mt-0.5 size-4 shrink-0';
  if (kind === 'unsafe') return <TriangleAlert aria-hidden="true" className={`${look} text-danger`} />;
  if (kind === 'keyed') return <KeyRound aria-hidden="true" className={`${look} text-muted`} />;
  if (kind === 'first') return <CircleDashed aria-hidden="true" className={`${look} text-subtle`} />;
  return <CircleCheck aria-hidden="true" className={`${look} text-ok`} />;
}
