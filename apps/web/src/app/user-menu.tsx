import { useNavigate } from '@tanstack/react-router';
import type { Me } from '@weft/api';
import { LogOut, Monitor, Moon, Settings, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSignOut } from '../api/index.ts';
import { cx, Menu, useTheme } from '../ui/index.ts';

export interface UserMenuProps {
  me: Me;
  rail: boolean;
}

export function UserMenu({ me, rail }: UserMenuProps) {
  const { t } = useTranslation('app');
  const navigate = useNavigate();
  const signOut = useSignOut();
  const { theme, setTheme } = useTheme();
  return (
    <Menu
      side={rail ? 'right' : 'top'}
      align="start"
      heading={
        <>
          <span className="block one-line max-w-64 font-medium text-fg">{me.user.name}</span>
          <span className="block one-line max-w-64">{me.user.email}</span>
        </>
      }
      trigger={
        <button
          type="button"
          aria-label={t('account.menu', { name: me.user.name })}
          className={cx('flex items-center rounded-md hover:bg-hover data-popup-open:bg-hover', rail ? 'size-9 justify-center' : 'h-9 w-full gap-2 px-1.5')}
        >
          {/* Drawn by the style sheet: they are no part of the button's name. */}
          <span
            data-initials={initialsOf(me.user.name)}
            className="flex size-6 shrink-0 items-center justify-center rounded-full bg-pressed text-2xs font-semibold text-fg before:content-[attr(data-initials)]"
          />
          {!rail && <span className="one-line flex-1 text-left text-sm text-muted">{me.user.name}</span>}
        </button>
      }
      items={[
        { label: t('pages.settings'), icon: <Settings />, onSelect: () => void navigate({ to: '/settings' }) },
        { label: t('theme.light'), icon: <Sun />, checked: theme === 'light', separated: true, onSelect: () => setTheme('light') },
        { label: t('theme.dark'), icon: <Moon />, checked: theme === 'dark', onSelect: () => setTheme('dark') },
        { label: t('theme.system'), icon: <Monitor />, checked: theme === 'system', onSelect: () => setTheme('system') },
        {
          label: t('account.signOut'),
          icon: <LogOut />,
          separated: true,
          onSelect: () => signOut.mutate(undefined, { onSuccess: () => void navigate({ to: '/sign-in' }) }),
        },
      ]}
    />
  );
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('');
}
