import { useNavigate } from '@tanstack/react-router';
import type { FlowSummary } from '@weft/api';
import { Copy, Download, Ellipsis, History, ListX, Pause, Pencil, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCancelQueue, useDeleteFlow, useDuplicateFlow, usePauseFlow, useWorkspaceId } from '../api/index.ts';
import { ConfirmDialog, IconButton, Menu, toast } from '../ui/index.ts';
import { CallersOf } from './callers-of.tsx';
import { ExportDialog } from './export-dialog.tsx';
import './words.ts';

export function FlowMenu({ flow }: { flow: FlowSummary }) {
  const { t } = useTranslation('flows');
  const workspace = useWorkspaceId();
  const navigate = useNavigate();
  const duplicate = useDuplicateFlow();
  const pause = usePauseFlow();
  const cancelQueue = useCancelQueue();
  const remove = useDeleteFlow();
  const [asking, setAsking] = useState<'export' | 'delete' | 'queue' | null>(null);
  const close = () => setAsking(null);
  return (
    <>
      <Menu
        trigger={<IconButton plain label={t('actionsOf', { title: flow.title })} icon={<Ellipsis />} />}
        items={[
          { label: t('edit'), icon: <Pencil />, onSelect: () => void navigate({ to: '/w/$workspace/flows/$flow', params: { workspace, flow: flow.id } }) },
          {
            label: t('showRuns'),
            icon: <History />,
            onSelect: () => void navigate({ to: '/w/$workspace/runs', params: { workspace }, search: { flow: flow.id } }),
          },
          ...(flow.published
            ? [
                {
                  label: flow.paused ? t('resume') : t('pause'),
                  icon: flow.paused ? <Play /> : <Pause />,
                  onSelect: () =>
                    pause.mutate(
                      { flow: flow.id, paused: !flow.paused },
                      { onSuccess: ({ title, paused }) => toast.success(paused ? t('pauseDone', { title }) : t('resumeDone', { title })) },
                    ),
                },
              ]
            : []),
          ...(flow.paused ? [{ label: t('queue.menu'), icon: <ListX />, onSelect: () => setAsking('queue') }] : []),
          {
            label: t('duplicate'),
            icon: <Copy />,
            onSelect: () => duplicate.mutate(flow.id, { onSuccess: ({ title }) => toast.success(t('duplicated', { title })) }),
          },
          { label: t('export.menu'), icon: <Download />, onSelect: () => setAsking('export') },
          { label: t('delete.menu'), icon: <Trash2 />, danger: true, separated: true, onSelect: () => setAsking('delete') },
        ]}
      />
      <ExportDialog flow={flow} open={asking === 'export'} onClose={close} />
      <ConfirmDialog
        open={asking === 'queue'}
        onClose={close}
        danger
        title={t('queue.title', { title: flow.title })}
        text={t('queue.text')}
        confirmLabel={t('queue.action')}
        loading={cancelQueue.isPending}
        onConfirm={() => cancelQueue.mutate(flow.id, { onSuccess: ({ cancelled }) => toast.success(t('queue.done', { count: cancelled })), onSettled: close })}
      />
      <ConfirmDialog
        open={asking === 'delete'}
        onClose={close}
        danger
        title={t('delete.title', { title: flow.title })}
        text={
          <>
            {flow.enabled && flow.published ? t('delete.textOn') : t('delete.text')} <CallersOf flow={flow.id} />
          </>
        }
        confirmLabel={t('delete.action')}
        loading={remove.isPending}
        onConfirm={() =>
          remove.mutate(flow.id, {
            onSuccess: () => toast.success(t('delete.done', { title: flow.title })),
            onSettled: close,
          })
        }
      />
    </>
  );
}
