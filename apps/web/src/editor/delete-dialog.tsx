import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDeleteFlow, useWorkspaceId } from '../api/index.ts';
import { CallersOf } from '../flows/callers-of.tsx';
import { ConfirmDialog, toast } from '../ui/index.ts';
import { openDialog, useEditor } from './state/index.ts';
import './dialog-words.ts';

/** Asks before the flow is deleted, and says which others call it. */
export function DeleteDialog({ flowId }: { flowId: string }) {
  const { t } = useTranslation('editor');
  const workspace = useWorkspaceId();
  const navigate = useNavigate();
  const title = useEditor(({ document }) => document.title);
  const remove = useDeleteFlow();
  return (
    <ConfirmDialog
      open
      danger
      onClose={() => openDialog(null)}
      title={t('delete.title', { title })}
      text={
        <>
          {t('delete.text')} <CallersOf flow={flowId} />
        </>
      }
      confirmLabel={t('delete.action')}
      loading={remove.isPending}
      onConfirm={() =>
        remove.mutate(flowId, {
          onSuccess: () => {
            openDialog(null);
            toast.success(t('delete.done', { title }));
            void navigate({ to: '/w/$workspace/flows', params: { workspace } });
          },
        })
      }
    />
  );
}
