import type { RunDetail } from '@weft/api';
import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { fileUrl, useWorkspaceId } from '../api/index.ts';
import { formatBytes } from '../ui/index.ts';
import './words.ts';

/** What the run wrote, to be downloaded. @param isGrowing - the run is at work: a size would be of a moment ago. */
export function FileLinks({ files, isGrowing }: { files: RunDetail['files']; isGrowing: boolean }) {
  const { t, i18n } = useTranslation('run-panel');
  const workspace = useWorkspaceId();
  if (files.length === 0) return null;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
      <span className="text-xs font-medium text-fg">{t('overview.files')}</span>
      <ul aria-label={t('overview.filesLabel')} className="flex min-w-0 flex-wrap gap-1.5">
        {files.map(({ name, sizeBytes }) => (
          <li key={name} className="min-w-0">
            <a
              href={fileUrl(workspace, name)}
              download={name}
              className="flex h-6 max-w-72 items-center gap-1.5 rounded-md border border-line px-2 text-xs text-accent-text hover:bg-hover"
            >
              <Download aria-hidden="true" className="size-3.5 shrink-0" />
              <span className="sr-only">{t('overview.download')}</span>
              <span className="one-line" title={name}>
                {name}
              </span>
              {!isGrowing && <span className="shrink-0 text-subtle">{formatBytes(sizeBytes, i18n.language)}</span>}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
