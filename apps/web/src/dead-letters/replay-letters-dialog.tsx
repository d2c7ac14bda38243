import { useNavigate } from '@tanstack/react-router';
import { stepIdOf, type FlowDocument } from '@weft/flow';
import type { DeadLetter, DeadLetterChoice, ReplayPreview } from '@weft/api';
import { CircleCheck, KeyRound, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { messageOf, useReplayLetters, useReplayPreview, useWorkspaceId, type LetterOwner } from '../api/index.ts';
import { Button, Dialog, LoadingRegion, Notice, toast } from '../ui/index.ts';
import './words.ts';

export interface ReplayLettersDialogProps {
  owner: LetterOwner;
  choice: DeadLetterChoice;
  count: number;
  /** One of them. */
  letter: DeadLetter;
  flow: FlowDocument;
  mode: 'live' | 'test' | undefined;
  onDone: () => void;
  onClose: () => void;
}

/** Says with which version how many records are done again, and what happens outside for each; then starts it. */
export function ReplayLettersDialog({ owner, choice, count, letter, flow, mode, onDone, onClose }: ReplayLettersDialogProps) {
  const { t, i18n } = useTranslation('dead-letters');
  const navigate = useNavigate();
  const workspace = useWorkspaceId();
  const replay = useReplayLetters(owner);
  const preview = useReplayPreview(letter.runId, letter.stepKey, 'newest');
  const loop = flow.steps[stepIdOf(letter.stepKey)];
  const open = (run: string) => void navigate({ to: '/w/$workspace/runs/$run', params: { workspace, run } });
  const start = () =>
    replay.mutate(choice, {
      onSuccess: ({ runIds }) => {
        const [first] = runIds;
        onDone();
        onClose();
        toast.success(t('replay.started', { count: runIds.length }));
        if (first !== undefined && runIds.length === 1 && 'run' in owner) open(first);
      },
    });
  const version = mode === 'test'
    ? t('replay.draft')
    : preview.data?.version == null
    ? t('replay.published')
    : t('replay.version', { number: preview.data.version });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('replay.title', { count })}
      description={t('replay.text', { title: loop?.title ?? letter.stepKey })}
      footer={
        <Button variant="primary" loading={replay.isPending} onClick={start}>
          {t('replay.confirm')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm [&_dt]:text-muted">
          <dt>{t('replay.records')}</dt>
          <dd className="tabular">{new Intl.NumberFormat(i18n.language).format(count)}</dd>
          <dt>{t('replay.with')}</dt>
          <dd>{version}</dd>
        </dl>
        {mode !== 'test' && <p className="text-xs text-subtle">{t('replay.publishFirst')}</p>}
        {preview.isPending && <LoadingRegion />}
        {preview.data && <Effects effects={preview.data.effects} />}
        {replay.isError && <Notice tone="danger">{messageOf(replay.error)}</Notice>}
      </div>
    </Dialog>
  );
}

function Effects({ effects }: { effects: ReplayPreview['effects'] }) {
  const { t } = useTranslation('dead-letters');
  const writes = effects.filter(({ repeat }) => repeat !== 'read');
  if (writes.length === 0) return <p className="text-sm text-muted">{t('replay.nothing')}</p>;
  return (
    <section aria-label={t('replay.effects')} className="flex flex-col gap-1.5">
      <h3 className="text-sm font-medium">{t('replay.effects')}</h3>
      <ul className="flex flex-col rounded-md border border-line">
        {writes.map(({ stepId, title, repeat, fillsFile }) => (
          <li key={stepId} className="flex items-start gap-2.5 border-b border-line px-3 py-2 last:border-b-0">
            <RepeatIcon repeat={fillsFile ? 'unsafe' : repeat} />
            <div className="min-w-0 flex-1">
              <p className="one-line text-sm font-medium" title={title}>
                {title}
              </p>
              <p className="text-xs text-muted">{fillsFile ? t('replay.repeat.file') : t(`replay.repeat.${repeat}`)}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function RepeatIcon({ repeat }: { repeat: ReplayPreview['effects'][number]['repeat'] }) {
  const look = 'mt-0.5 size-4 shrink-0';
  if (repeat === 'unsafe') return <TriangleAlert aria-hidden="true" className={`${look} text-warn`} />;
  if (repeat === 'keyed') return <KeyRound aria-hidden="true" className={`${look} text-muted`} />;
  return <CircleCheck aria-hidden="true" className={`${look} text-ok`} />;
}
