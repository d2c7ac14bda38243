import type { FileSummary } from '@weft/api';
import { FileText, Search, SearchX, Upload, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../app/page.tsx';
import { messageOf, useDeleteFile, useFiles } from '../api/index.ts';
import { Button, Card, ConfirmDialog, EmptyState, ErrorState, formatBytes, IconButton, Progress, SkeletonRows, TextField, toast } from '../ui/index.ts';
import { FileDrop } from './file-drop.tsx';
import { FilePreviewSheet } from './file-preview-sheet.tsx';
import { FilesTable } from './files-table.tsx';
import { useFilePicker } from './use-file-picker.tsx';
import { useUploads } from './use-uploads.ts';
import './words.ts';

/** The workspace's files: what flows read and write. */
export function FilesPage() {
  const { t } = useTranslation('files');
  const files = useFiles();
  const remove = useDeleteFile();
  const { uploads, start } = useUploads();
  const [search, setSearch] = useState('');
  const [previewing, setPreviewing] = useState<string | null>(null);
  const [deleting, setDeleting] = useState<FileSummary | null>(null);
  const [replacing, setReplacing] = useState<File[]>([]);

  const add = (chosen: File[]) => {
    const known = new Set(files.data?.files.map(({ name }) => name));
    start(chosen.filter(({ name }) => !known.has(name)));
    setReplacing(chosen.filter(({ name }) => known.has(name)));
  };
  const picker = useFilePicker({ multiple: true, onFiles: add });
  const found = (files.data?.files ?? []).filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));

  return (
    <FileDrop text={t('drop')} onFiles={add}>
      {picker.input}
      <Page
        title={t('title')}
        text={t('text')}
        actions={
          <Button variant="primary" icon={<Upload />} onClick={picker.choose}>
            {t('upload')}
          </Button>
        }
      >
        {files.data && (
          <div className="flex flex-wrap items-center justify-between gap-4">
            <TextField
              label={t('search')}
              labelHidden
              type="search"
              icon={<Search />}
              placeholder={t('search')}
              value={search}
              onChange={setSearch}
              className="w-72"
            />
            <Quota used={files.data.usedBytes} quota={files.data.quotaBytes} />
          </div>
        )}
        {uploads.length > 0 && (
          <ul aria-label={t('uploading')} className="flex flex-col gap-2">
            {uploads.map((one) => (
              <li key={one.id} className="flex items-center gap-3 rounded-md border border-line bg-raised px-3 py-2">
                <span className="one-line w-64" title={one.name}>
                  {one.name}
                </span>
                <Progress className="flex-1" label={t('uploadOf', { name: one.name })} value={one.part} />
                <span className="w-10 tabular text-right text-xs text-muted">{Math.round(one.part * 100)} %</span>
                <IconButton label={t('cancelUpload', { name: one.name })} icon={<X />} onClick={one.cancel} />
              </li>
            ))}
          </ul>
        )}
        <Card aria-busy={files.isPending}>
          {files.isPending && <SkeletonRows />}
          {files.isError && <ErrorState text={messageOf(files.error)} retry={() => void files.refetch()} />}
          {files.isSuccess && files.data.files.length === 0 && <EmptyState icon={<FileText />} title={t('empty.title')} text={t('empty.text')} />}
          {files.isSuccess && files.data.files.length > 0 && found.length === 0 && (
            <EmptyState
              icon={<SearchX />}
              title={t('nothing.title')}
              text={t('nothing.text', { search })}
              action={<Button onClick={() => setSearch('')}>{t('nothing.action')}</Button>}
            />
          )}
          {found.length > 0 && <FilesTable files={found} onPreview={setPreviewing} onDelete={setDeleting} />}
        </Card>
      </Page>
      <FilePreviewSheet name={previewing} onClose={() => setPreviewing(null)} />
      <ConfirmDialog
        open={deleting !== null}
        onClose={() => setDeleting(null)}
        danger
        title={t('delete.title', { name: deleting?.name })}
        text={t('delete.text')}
        confirmLabel={t('delete.action')}
        loading={remove.isPending}
        onConfirm={() =>
          deleting &&
          remove.mutate(deleting.name, { onSuccess: () => toast.success(t('delete.done', { name: deleting.name })), onSettled: () => setDeleting(null) })
        }
      />
      <ConfirmDialog
        open={replacing.length > 0}
        onClose={() => setReplacing([])}
        title={t('replace.title', { count: replacing.length, name: replacing[0]?.name })}
        text={t('replace.text')}
        confirmLabel={t('replace.action')}
        onConfirm={() => {
          start(replacing);
          setReplacing([]);
        }}
      />
    </FileDrop>
  );
}

function Quota({ used, quota }: { used: number; quota: number }) {
  const { t, i18n } = useTranslation('files');
  const part = quota === 0 ? 0 : used / quota;
  return (
    <div className="flex items-center tabular gap-3 text-xs text-muted">
      <Progress className="w-32" label={t('quota.label')} value={part} tone={part > 0.95 ? 'danger' : part > 0.8 ? 'warn' : 'accent'} />
      {t('quota.text', { used: formatBytes(used, i18n.language), quota: formatBytes(quota, i18n.language) })}
    </div>
  );
}
