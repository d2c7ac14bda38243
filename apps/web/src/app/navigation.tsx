import { Link, type LinkProps } from '@tanstack/react-router';
import type { Me, Workspace } from '@weft/api';
import { Blocks, CircleCheckBig, FileText, History, KeyRound, Search, Settings, Workflow } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpenApprovals } from '../api/index.ts';
import { openCommandPalette } from '../commands/registry.ts';
import { cx, Kbd, Tooltip } from '../ui/index.ts';
import { modKey } from './shortcut.ts';
import { UserMenu } from './user-menu.tsx';
import { WorkspaceSwitcher } from './workspace-switcher.tsx';

export interface NavigationProps {
  me: Me;
  workspace: Workspace;
  /** Icons only. */
  rail: boolean;
}

export function Navigation({ me, workspace, rail }: NavigationProps) {
  const { t } = useTranslation('app');
  const params = { workspace: workspace.id };
  const open = useOpenApprovals(workspace.id).data?.open ?? 0;
  return (
    <div className={cx('flex shrink-0 flex-col gap-1 border-r border-line bg-page py-2.5', rail ? 'w-13 items-center px-2' : 'w-52 px-2.5')}>
      <WorkspaceSwitcher me={me} workspace={workspace} rail={rail} />
      <SearchButton rail={rail} />
      <nav aria-label={t('navigation')} className={cx('mt-1 flex flex-col gap-0.5', !rail && 'w-full')}>
        <Item rail={rail} label={t('pages.flows')} icon={<Workflow />} to="/w/$workspace/flows" params={params} />
        <Item rail={rail} label={t('pages.runs')} icon={<History />} to="/w/$workspace/runs" params={params} />
        <Item rail={rail} label={t('pages.approvals')} icon={<CircleCheckBig />} to="/w/$workspace/approvals" params={params} count={open} />
        <Item rail={rail} label={t('pages.apps')} icon={<Blocks />} to="/w/$workspace/apps" params={params} />
        <Item rail={rail} label={t('pages.files')} icon={<FileText />} to="/w/$workspace/files" params={params} />
        <Item rail={rail} label={t('pages.connections')} icon={<KeyRound />} to="/w/$workspace/connections" params={params} />
        <Item rail={rail} label={t('pages.settings')} icon={<Settings />} to="/settings" />
      </nav>
      <div className="mt-auto">
        <UserMenu me={me} rail={rail} />
      </div>
    </div>
  );
}

function SearchButton({ rail }: { rail: boolean }) {
  const { t } = useTranslation('app');
  const button = (
    <button
      type="button"
      aria-label={rail ? t('search') : undefined}
      onClick={openCommandPalette}
      className={cx(
        'flex items-center rounded-md text-sm text-muted hover:bg-hover hover:text-fg [&_svg]:size-4',
        rail ? 'size-9 justify-center' : 'h-8 gap-2.5 px-2',
      )}
    >
      <Search aria-hidden="true" />
      {!rail && (
        <>
          <span className="flex-1 text-left">{t('search')}</span>
          <Kbd>{modKey('K')}</Kbd>
        </>
      )}
    </button>
  );
  return rail ? (
    <Tooltip text={t('search')} shortcut={modKey('K')} side="right">
      {button}
    </Tooltip>
  ) : (
    button
  );
}

interface ItemProps {
  label: string;
  icon: ReactNode;
  rail: boolean;
  /** How much waits there for whoever is signed in; 0 shows nothing. */
  count?: number;
}

function Item({ label, icon, rail, count = 0, ...link }: LinkProps & ItemProps) {
  const { t } = useTranslation('app');
  const name = count > 0 ? t('withCount', { label, count }) : label;
  const item = (
    <Link
      {...link}
      aria-label={rail ? name : undefined}
      activeProps={{ className: 'bg-pressed text-fg! [&_svg]:text-accent-text!' }}
      className={cx(
        'relative flex items-center rounded-md text-sm font-medium text-muted hover:bg-hover hover:text-fg [&_svg]:size-4 [&_svg]:shrink-0',
        rail ? 'size-9 justify-center' : 'h-8 gap-2.5 px-2',
      )}
    >
      {icon}
      {!rail && label}
      {count > 0 && (
        <span className={cx(
          'tabular flex h-4.5 min-w-4.5 items-center justify-center rounded-full bg-accent px-1 text-xs font-semibold text-on-accent',
          rail ? 'absolute -top-0.5 -right-0.5' : 'ml-auto',
        )}>
          {count > 99 ? '99+' : count}
          <span className="sr-only"> {t('waitingForYou')}</span>
        </span>
      )}
    </Link>
  );
  return rail ? (
    <Tooltip text={name} side="right">
      {item}
    </Tooltip>
  ) : (
    item
  );
}
