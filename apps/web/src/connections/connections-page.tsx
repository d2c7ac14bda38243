import type { ConnectionSummary } from '@weft/api';
import { KeyRound, Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../app/page.tsx';
import { messageOf, useConnections, useDeleteConnection } from '../api/index.ts';
import { Button, Card, ConfirmDialog, EmptyState, ErrorState, SkeletonRows, toast } from '../ui/index.ts';
import { ConnectionsTable } from './connections-table.tsx';
import './words.ts';

// The forms are the heavy part: read when they are wanted.
const ConnectionDialog = lazy(() => import('./connection-dialog.tsx').then((module) => ({ default: module.ConnectionDialog })));

/** Stored credentials, by name. Their values never come back from the server. */
export function ConnectionsPage() {
  const { t } = useTranslation('connections');
  const connections = useConnections();
  const remove = useDeleteConnection();
  const [editing, setEditing] = useState<ConnectionSummary | 'new' | null>(null);
  const [deleting, setDeleting] = useState<ConnectionSummary | null>(null);
  const add = (
    <Button variant="primary" icon={<Plus />} onClick={() => setEditing('new')}>
      {t('new')}
    </Button>
  );

  return (
    <Page title={t('title')} text={t('text')} actions={add}>
      <Card aria-busy={connections.isPending}>
        {connections.isPending && <SkeletonRows />}
        {connections.isError && <ErrorState text={messageOf(connections.error)} retry={() => void connections.refetch()} />}
        {connections.data?.length === 0 && <EmptyState icon={<KeyRound />} title={t('empty.title')} text={t('empty.text')} />}
        {connections.data !== undefined && connections.data.length > 0 && (
          <ConnectionsTable connections={connections.data} onEdit={setEditing} onDelete={setDeleting} />
        )}
      </Card>
      {editing !== null && (
        <Suspense fallback={null}>
          <ConnectionDialog connection={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
        </Suspense>
      )}
      <ConfirmDialog
        open={deleting !== null}
        onClose={() => setDeleting(null)}
        danger
        title={t('delete.title', { title: deleting?.title })}
        text={deleting !== null && deleting.usedBy.length > 0
          ? t('delete.textUsed', { flows: deleting.usedBy.map(({ title }) => title).join(', ') })
          : t('delete.text')}
        confirmLabel={t('delete.action')}
        loading={remove.isPending}
        onConfirm={() =>
          deleting &&
            remove.mutate(deleting.id, { onSuccess: () => toast.success(t('delete.done', { title: deleting.title })), onSettled: () => setDeleting(null) })
        }
      />
    </Page>
  );
}
