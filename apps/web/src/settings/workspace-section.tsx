import type { Me } from '@weft/api';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRenameWorkspace, useWorkspaceId } from '../api/index.ts';
import { Button, TextField, toast } from '../ui/index.ts';
import { Section } from './section.tsx';
import './words.ts';

/** The workspace one came from. */
export function WorkspaceSection({ me }: { me: Me }) {
  const { t } = useTranslation('settings');
  const id = useWorkspaceId();
  const workspace = me.workspaces.find((one) => one.id === id);
  const [name, setName] = useState(workspace?.name ?? '');
  const rename = useRenameWorkspace();
  if (workspace === undefined) return null;
  const owner = workspace.role === 'owner';
  const next = name.trim();
  return (
    <Section id="workspace" title={t('workspace.title')} text={t('workspace.text', { name: workspace.name })}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate({ workspace: id, name: next }, { onSuccess: () => toast.success(t('saved')) });
        }}
      >
        <TextField
          label={t('workspace.name')}
          required
          maxLength={120}
          value={name}
          onChange={setName}
          readOnly={!owner}
          hint={owner ? undefined : t('workspace.ownersOnly')}
        />
        {owner && (
          <Button type="submit" className="self-start" disabled={next === '' || next === workspace.name} loading={rename.isPending}>
            {t('save')}
          </Button>
        )}
      </form>
    </Section>
  );
}
