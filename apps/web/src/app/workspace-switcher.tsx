import { useNavigate } from '@tanstack/react-router';
import type { Me, Workspace } from '@weft/api';
import { ChevronsUpDown, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cx, Menu } from '../ui/index.ts';
import { CreateWorkspaceDialog } from './create-workspace-dialog.tsx';

export interface WorkspaceSwitcherProps {
  me: Me;
  workspace: Workspace;
  rail: boolean;
}

export function WorkspaceSwitcher({ me, workspace, rail }: WorkspaceSwitcherProps) {
  const { t } = useTranslation('app');
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  const open = (id: string) => void navigate({ to: '/w/$workspace/flows', params: { workspace: id } });
  return (
    <>
      <Menu
        align="start"
        side={rail ? 'right' : 'bottom'}
        trigger={
          <button
            type="button"
            aria-label={t('workspace.switch', { name: workspace.name })}
            title={workspace.name}
            className={cx('flex items-center rounded-md hover:bg-hover data-popup-open:bg-hover', rail ? 'size-9 justify-center' : 'h-9 w-full gap-2 px-1.5')}
          >
            {/* Drawn by the style sheet: it is no part of the button's name. */}
            <span
              data-initial={initialOf(workspace.name)}
              className="flex size-6 shrink-0 items-center justify-center rounded-md bg-accent text-xs font-semibold text-on-accent before:content-[attr(data-initial)]"
            />
            {!rail && (
              <>
                <span className="one-line flex-1 text-left text-sm font-semibold text-fg">{workspace.name}</span>
                <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-subtle" />
              </>
            )}
          </button>
        }
        items={[
          ...me.workspaces.map((one) => ({ label: one.name, checked: one.id === workspace.id, onSelect: () => open(one.id) })),
          { label: t('workspace.create'), icon: <Plus />, separated: true, onSelect: () => setCreating(true) },
        ]}
      />
      <CreateWorkspaceDialog open={creating} onClose={() => setCreating(false)} onCreated={open} />
    </>
  );
}

const initialOf = (name: string): string => [...name.trim()][0]?.toUpperCase() ?? '?';
