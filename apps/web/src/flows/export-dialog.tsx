import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, useWorkspaceId } from '../api/index.ts';
import { Button, Checkbox, Dialog } from '../ui/index.ts';
import { download, fileNameOf } from './flow-file.ts';
import './words.ts';

export interface ExportDialogProps {
  flow: { id: string; title: string };
  open: boolean;
  onClose: () => void;
}

/** A flow as a file, to keep or to import elsewhere. Credentials are never part of it. */
export function ExportDialog({ flow, open, onClose }: ExportDialogProps) {
  const { t } = useTranslation('flows');
  const workspace = useWorkspaceId();
  const [samples, setSamples] = useState(false);
  const save = useMutation({
    mutationFn: () =>
      call('GET /w/:workspace/flows/:flow/export', { params: { workspace, flow: flow.id }, query: { samples: samples ? 'true' : 'false' } }),
    onSuccess: (document) => {
      download(fileNameOf(flow.title), new Blob([JSON.stringify(document, null, 2)], { type: 'application/json' }));
      onClose();
    },
  });
  return (
    <Dialog
      open={open}
      onClose={onClose}
      size="sm"
      title={t('export.title', { title: flow.title })}
      description={t('export.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('app:cancel')}</Button>
          <Button variant="primary" loading={save.isPending} onClick={() => save.mutate()}>
            {t('export.action')}
          </Button>
        </>
      }
    >
      <Checkbox label={t('export.samples')} hint={t('export.samplesHint')} checked={samples} onChange={setSamples} />
    </Dialog>
  );
}
