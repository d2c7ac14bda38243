import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, messageOf, useCreateWorkspace } from '../api/index.ts';
import { Button, Dialog, TextField } from '../ui/index.ts';

export interface CreateWorkspaceDialogProps {
  open: boolean;
  onClose: () => void;
  onCreated: (workspace: string) => void;
}

export function CreateWorkspaceDialog({ open, onClose, onCreated }: CreateWorkspaceDialogProps) {
  const { t } = useTranslation('app');
  const [name, setName] = useState('');
  const create = useCreateWorkspace();
  const close = () => {
    setName('');
    create.reset();
    onClose();
  };
  const submit = () =>
    create.mutate(name.trim(), {
      onSuccess: (workspace) => {
        close();
        onCreated(workspace.id);
      },
    });
  return (
    <Dialog
      open={open}
      onClose={close}
      title={t('workspace.create')}
      description={t('workspace.createText')}
      size="sm"
      footer={
        <>
          <Button onClick={close}>{t('cancel')}</Button>
          <Button variant="primary" type="submit" form="create-workspace" disabled={name.trim() === ''} loading={create.isPending}>
            {t('workspace.createAction')}
          </Button>
        </>
      }
    >
      <form
        id="create-workspace"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') submit();
        }}
      >
        <TextField
          label={t('workspace.name')}
          required
          maxLength={120}
          value={name}
          onChange={setName}
          autoComplete="off"
          error={create.error && (create.error instanceof ApiError ? (create.error.issueAt('name') ?? create.error.message) : messageOf(create.error))}
        />
      </form>
    </Dialog>
  );
}
