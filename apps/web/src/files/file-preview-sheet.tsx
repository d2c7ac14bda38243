import type { FilePreview } from '@weft/api';
import { Download, FileQuestion } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { fileUrl, messageOf, useFilePreview, useWorkspaceId } from '../api/index.ts';
import { buttonClass, EmptyState, ErrorState, LoadingRegion, Notice, Sheet } from '../ui/index.ts';
import './words.ts';

export interface FilePreviewSheetProps {
  /** Null: closed. */
  name: string | null;
  onClose: () => void;
}

/** The beginning of a file, as a table where it is one. */
export function FilePreviewSheet({ name, onClose }: FilePreviewSheetProps) {
  const { t } = useTranslation('files');
  const workspace = useWorkspaceId();
  const preview = useFilePreview(name);
  return (
    <Sheet
      open={name !== null}
      onClose={onClose}
      title={name ?? ''}
      size="lg"
      actions={
        name !== null && (
          <a href={fileUrl(workspace, name)} download={name} className={buttonClass('secondary', 'sm')}>
            <Download aria-hidden="true" />
            {t('downloadShort')}
          </a>
        )
      }
    >
      {preview.isLoading && <LoadingRegion />}
      {preview.isError && <ErrorState text={messageOf(preview.error)} retry={preview.tryAgain} />}
      {preview.data && <Content preview={preview.data} />}
    </Sheet>
  );
}

function Content({ preview }: { preview: FilePreview }) {
  const { t } = useTranslation('files');
  if (preview.table === null && preview.text === null) return <EmptyState icon={<FileQuestion />} title={t('binary.title')} text={t('binary.text')} />;
  if (preview.table?.rows.length === 0 || preview.text === '') return <EmptyState icon={<FileQuestion />} title={t('blank.title')} text={t('blank.text')} />;
  return (
    <>
      {preview.truncated && <Notice className="m-4">{t('truncated')}</Notice>}
      {preview.table
        ? <PreviewTable table={preview.table} />
        : <pre className="p-5 font-mono text-xs leading-5 break-words whitespace-pre-wrap">{preview.text}</pre>}
    </>
  );
}

function PreviewTable({ table }: { table: NonNullable<FilePreview['table']> }) {
  const { t } = useTranslation('files');
  return (
    <table aria-label={t('previewTable')} className="min-w-full border-collapse text-left text-xs">
      <thead>
        <tr>
          <th scope="col" className="sticky top-0 border-b border-line bg-sunken px-3 py-2 text-right font-medium text-subtle">
            <span className="sr-only">{t('row')}</span>
            <span aria-hidden="true">#</span>
          </th>
          {table.columns.map((column, index) => (
            // Columns may share a name: the position tells them apart.
            // oxlint-disable-next-line react/no-array-index-key
            <th key={index} scope="col" className="sticky top-0 border-b border-line bg-sunken px-3 py-2 font-medium whitespace-nowrap text-fg">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <tr key={index} className="hover:bg-hover">
            <td className="border-b border-line px-3 py-1.5 text-right text-subtle">{index + 1}</td>
            {row.map((cell, column) => (
              // oxlint-disable-next-line react/no-array-index-key
              <td key={column} title={cell} className="max-w-80 truncate border-b border-line px-3 py-1.5 text-fg">
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
