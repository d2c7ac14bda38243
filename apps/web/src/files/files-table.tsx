import { Link } from '@tanstack/react-router';
import type { FileSummary } from '@weft/api';
import { Download, Eye, FileSpreadsheet, FileText, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { fileUrl, useWorkspaceId } from '../api/index.ts';
import { formatBytes, IconButton, RelativeTime, Table, Td, Th, Tooltip, Tr } from '../ui/index.ts';
import './words.ts';

/** Written by steps directly, never as a whole. */
const isDatabase = /\.(sqlite3?|db)$/i;

export interface FilesTableProps {
  files: FileSummary[];
  onPreview: (name: string) => void;
  onDelete: (file: FileSummary) => void;
}

export function FilesTable({ files, onPreview, onDelete }: FilesTableProps) {
  const { t, i18n } = useTranslation('files');
  const workspace = useWorkspaceId();
  return (
    <Table label={t('title')} className="min-w-190">
      <thead>
        <tr>
          <Th>{t('column.name')}</Th>
          <Th className="w-28 text-right">{t('column.size')}</Th>
          <Th className="w-40">{t('column.changed')}</Th>
          <Th className="w-40">{t('column.writtenBy')}</Th>
          <Th className="w-32">
            <span className="sr-only">{t('column.actions')}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {files.map((file) => (
          <Tr key={file.name} className="relative">
            <Td>
              <button
                type="button"
                title={file.name}
                onClick={() => onPreview(file.name)}
                className="flex max-w-full items-center gap-2.5 rounded-sm text-left font-medium text-fg after:absolute after:inset-0"
              >
                {/\.(csv|tsv|xlsx?)$/i.test(file.name) ? (
                  <FileSpreadsheet aria-hidden="true" className="size-4 shrink-0 text-subtle" />
                ) : (
                  <FileText aria-hidden="true" className="size-4 shrink-0 text-subtle" />
                )}
                <span className="one-line">{file.name}</span>
              </button>
            </Td>
            <Td className="tabular text-right whitespace-nowrap text-muted">{formatBytes(file.sizeBytes, i18n.language)}</Td>
            <Td className="text-muted">
              <RelativeTime at={file.updatedAt} />
            </Td>
            <Td>
              {file.runId === null ? (
                <span className="text-subtle">{isDatabase.test(file.name) ? t('steps') : t('uploaded')}</span>
              ) : (
                <Link to="/w/$workspace/runs/$run" params={{ workspace, run: file.runId }} className="relative z-1 rounded-sm text-accent-text hover:underline">
                  {t('run')}
                </Link>
              )}
            </Td>
            <Td className="py-0">
              <span className="relative z-1 flex justify-end gap-0.5">
                <IconButton label={t('preview', { name: file.name })} icon={<Eye />} onClick={() => onPreview(file.name)} />
                <Tooltip text={t('download', { name: file.name })}>
                  <a
                    href={fileUrl(workspace, file.name)}
                    download={file.name}
                    aria-label={t('download', { name: file.name })}
                    className="inline-flex size-7 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-fg"
                  >
                    <Download aria-hidden="true" className="size-4" />
                  </a>
                </Tooltip>
                <IconButton label={t('delete.menu', { name: file.name })} icon={<Trash2 />} onClick={() => onDelete(file)} />
              </span>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
