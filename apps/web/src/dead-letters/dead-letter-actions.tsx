import type { FlowDocument } from '@weft/flow';
import type { DeadLetter, DeadLetterChoice } from '@weft/api';
import { Download, RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lettersUrl, useDiscardLetters, useWorkspaceId, type LetterOwner } from '../api/index.ts';
import { Button, ConfirmDialog, Menu, toast } from '../ui/index.ts';
import { ReplayLettersDialog } from './replay-letters-dialog.tsx';
import './words.ts';

export interface DeadLetterActionsProps {
  owner: LetterOwner;
  status: DeadLetter['status'];
  /** What the buttons are about. */
  choice: DeadLetterChoice;
  count: number;
  /** Chosen one by one, not all that are listed. */
  picked: boolean;
  /** One of them. */
  letter: DeadLetter | undefined;
  flow: FlowDocument;
  mode: 'live' | 'test' | undefined;
  onDone: () => void;
}

/** Doing them again, discarding them, taking them out as a file: the chosen ones, else all that are listed. */
export function DeadLetterActions({ owner, status, choice, count, picked, letter, flow, mode, onDone }: DeadLetterActionsProps) {
  const { t } = useTranslation('dead-letters');
  const workspace = useWorkspaceId();
  const discard = useDiscardLetters(owner);
  const [asking, setAsking] = useState<'replay' | 'discard'>();
  const close = () => setAsking(undefined);
  const download = (format: 'ndjson' | 'csv') => window.location.assign(lettersUrl(workspace, owner, { format, status }));
  if (count === 0 || letter === undefined) return null;
  return (
    <span className="flex items-center gap-2">
      {status === 'open' && (
        <>
          <Button size="sm" variant="primary" icon={<RotateCcw />} onClick={() => setAsking('replay')}>
            {picked ? t('replaySelected', { count }) : t('replayAll', { count })}
          </Button>
          <Button size="sm" icon={<Trash2 />} onClick={() => setAsking('discard')}>
            {picked ? t('discardSelected') : t('discardAll')}
          </Button>
        </>
      )}
      <Menu
        trigger={
          <Button size="sm" variant="ghost" icon={<Download />}>
            {t('export.button')}
          </Button>
        }
        items={[
          { label: t('export.ndjson'), onSelect: () => download('ndjson') },
          { label: t('export.csv'), onSelect: () => download('csv') },
        ]}
      />
      {asking === 'replay' && <ReplayLettersDialog {...{ owner, choice, count, letter, flow, mode, onDone }} onClose={close} />}
      <ConfirmDialog
        open={asking === 'discard'}
        onClose={close}
        title={t('discard.title', { count })}
        text={t('discard.text')}
        confirmLabel={t('discard.confirm')}
        danger
        loading={discard.isPending}
        onConfirm={() =>
          discard.mutate(choice, {
            onSuccess: ({ discarded }) => {
              toast.success(t('discard.done', { count: discarded }));
              onDone();
              close();
            },
          })
        }
      />
    </span>
  );
}
