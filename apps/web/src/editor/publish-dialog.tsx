import type { FlowDetail } from '@weft/api';
import { CircleX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf, useFlowVersion, usePublishFlow } from '../api/index.ts';
import { Button, Dialog, Notice, Skeleton, TextField } from '../ui/index.ts';
import './dialog-words.ts';
import { saveNow } from './autosave.ts';
import { FlowChanges } from './flow-changes.tsx';
import { FlowProblems } from './flow-problems.tsx';
import { StartsAnew } from './starts-anew.tsx';
import { openDialog, setFacts, useEditor } from './state/index.ts';

/** What stands in the way, what will change, and the button. Mounted only while it is open. */
export function PublishDialog({ flowId }: { flowId: string }) {
  const { t } = useTranslation('editor');
  const title = useEditor(({ document }) => document.title);
  const problems = useEditor((state) => state.problems);
  const saveState = useEditor((state) => state.saveState);
  const [note, setNote] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const publish = usePublishFlow(flowId);
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity === 'warning');

  const onPublish = async () => {
    setFailure(null);
    setSaving(true);
    const isSaved = await saveNow();
    setSaving(false);
    if (!isSaved) {
      setFailure(t('publish.saving'));
      return;
    }
    const { revision } = useEditor.getState();
    publish.mutate(
      { revision, ...(note.trim() !== '' && { note: note.trim() }) },
      { onSuccess: afterPublishing, onError: (error) => setFailure(messageOf(error)) },
    );
  };

  return (
    <Dialog
      open
      onClose={() => openDialog(null)}
      title={t('publish.title', { title })}
      description={t('publish.text')}
      footer={
        <>
          <Button onClick={() => openDialog(null)}>{t('publish.cancel')}</Button>
          <Button
            variant="primary"
            disabled={errors.length > 0 || saveState === 'conflict'}
            loading={publish.isPending || isSaving}
            onClick={() => void onPublish()}
          >
            {t('publish.action')}
          </Button>
        </>
      }
    >
      <div className="grid gap-5">
        {failure !== null && <Notice tone="danger">{failure}</Notice>}
        {errors.length > 0 ? (
          <section className="grid gap-2">
            <h2 className="flex items-center gap-1.5 text-sm font-semibold text-danger-text">
              <CircleX aria-hidden="true" className="size-4" />
              {t('publish.blocked', { count: errors.length })}
            </h2>
            <FlowProblems problems={errors} />
          </section>
        ) : (
          <TextField label={t('publish.note')} hint={t('publish.noteHint')} value={note} onChange={setNote} maxLength={500} />
        )}
        {warnings.length > 0 && (
          <section className="grid gap-2">
            <h2 className="text-sm font-semibold text-warn-text">{t('publish.warnings', { count: warnings.length })}</h2>
            <FlowProblems problems={warnings} />
          </section>
        )}
        {errors.length === 0 && <WhatChanges flowId={flowId} />}
      </div>
    </Dialog>
  );
}

function WhatChanges({ flowId }: { flowId: string }) {
  const { t } = useTranslation('editor');
  const published = useEditor(({ facts }) => facts?.published?.number ?? null);
  const draft = useEditor(({ document }) => document);
  const version = useFlowVersion(flowId, published);
  return (
    <section className="grid gap-2">
      <h2 className="text-sm font-semibold">{t('publish.changes')}</h2>
      {published === null && <p className="text-sm text-muted">{t('publish.first')}</p>}
      {published !== null && version.isPending && <Skeleton className="h-5" />}
      {version.data && <StartsAnew flowId={flowId} before={version.data} after={draft} />}
      {version.data && <FlowChanges before={version.data} after={draft} same={t('publish.same')} />}
    </section>
  );
}

function afterPublishing(detail: FlowDetail): void {
  setFacts(detail);
  openDialog('published');
}
