import type { FlowVersion } from '@weft/api';
import { GitCompareArrows, History, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf, useFetchVersion, useFlowVersion, useFlowVersions } from '../api/index.ts';
import { Badge, Button, EmptyState, ErrorState, RelativeTime, Sheet, Skeleton, SkeletonRows, toast } from '../ui/index.ts';
import './dialog-words.ts';
import { compareVersion } from './compare-version.ts';
import { FlowChanges } from './flow-changes.tsx';
import { draftOf, leaveVersion, openDialog, showVersion, useEditor } from './state/index.ts';
import { useRestore } from './use-restore.ts';

/** All published versions, newest first: what has changed since, the version on the canvas, and the way back to it. */
export function VersionsSheet({ flowId }: { flowId: string }) {
  const { t } = useTranslation('editor');
  const versions = useFlowVersions(flowId);
  const [open, setOpen] = useState<number | null>(null);
  return (
    <Sheet open onClose={() => openDialog(null)} title={t('versions.title')}>
      {versions.isPending && <SkeletonRows />}
      {versions.isError && <ErrorState text={messageOf(versions.error)} retry={() => void versions.refetch()} />}
      {versions.data?.length === 0 && <EmptyState icon={<History />} title={t('versions.empty')} text={t('versions.emptyText')} />}
      <ul>
        {versions.data?.map((version) => (
          <li key={version.number} className="border-b border-line px-5 py-3">
            <Version
              flowId={flowId}
              version={version}
              isOpen={open === version.number}
              onOpen={() => setOpen(open === version.number ? null : version.number)}
            />
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

function Version({ flowId, version, isOpen, onOpen }: { flowId: string; version: FlowVersion; isOpen: boolean; onOpen: () => void }) {
  const { t } = useTranslation('editor');
  const restore = useRestore(flowId);
  const compare = useCompare(flowId);
  return (
    <>
      <div className="flex items-center gap-2">
        <button type="button" aria-expanded={isOpen} onClick={onOpen} className="min-w-0 flex-1 rounded-sm text-left">
          <span className="flex items-center gap-2 text-sm font-semibold">
            {t('versions.one', { number: version.number })}
            {version.current && <Badge tone="ok">{t('versions.current')}</Badge>}
          </span>
          <span className="block text-xs text-muted">
            <RelativeTime at={version.publishedAt} /> · {version.publishedBy}
          </span>
          {version.note !== null && <span className="mt-1 block text-sm text-fg">{version.note}</span>}
        </button>
        <Button size="sm" icon={<GitCompareArrows />} onClick={() => void compare(version.number)}>
          {t('versions.compare')}
        </Button>
        <Button size="sm" icon={<RotateCcw />} onClick={() => void restore(version.number)}>
          {t('versions.restore')}
        </Button>
      </div>
      {isOpen && <Changes flowId={flowId} number={version.number} />}
    </>
  );
}

function Changes({ flowId, number }: { flowId: string; number: number }) {
  const { t } = useTranslation('editor');
  const version = useFlowVersion(flowId, number);
  const draft = useEditor(draftOf);
  return (
    <div className="mt-3 rounded-md bg-sunken p-3">
      <h3 className="mb-2 text-xs font-medium text-muted">{t('versions.changes')}</h3>
      {version.data ? <FlowChanges before={version.data} after={draft} same={t('versions.noChanges')} /> : <Skeleton className="h-5" />}
    </div>
  );
}

/** Shows the version on the canvas together with what has come since, coloured by what became of it. */
function useCompare(flowId: string): (number: number) => Promise<void> {
  const fetchVersion = useFetchVersion(flowId);
  return async (number) => {
    try {
      const version = await fetchVersion(number);
      leaveVersion();
      const { document, marks } = compareVersion(version, useEditor.getState().document);
      showVersion(document, String(number), marks);
      openDialog(null);
    } catch (error) {
      toast.error(messageOf(error));
    }
  };
}
