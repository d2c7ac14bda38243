import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export interface Tab<T extends string = string> {
  id: T;
  label: string;
  badge?: ReactNode;
}

export interface TabsProps<T extends string = string> {
  tabs: readonly Tab<T>[];
  value: T;
  onChange: (value: T) => void;
  /** The panel of the chosen tab. Without it, the caller renders panels itself. */
  children?: ReactNode;
  /** Names the set of tabs for screen readers. */
  label?: string;
  className?: string;
  listClassName?: string;
  panelClassName?: string;
}

export function Tabs<T extends string = string>({ tabs, value, onChange, children, label, className, listClassName, panelClassName }: TabsProps<T>) {
  return (
    <Base.Root value={value} onValueChange={(next: T) => onChange(next)} className={className}>
      <Base.List aria-label={label} className={cx('relative flex gap-4 border-b border-line', listClassName)}>
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.id}
            value={tab.id}
            className="focus-inset flex h-9 items-center gap-1.5 rounded-sm text-sm font-medium whitespace-nowrap text-muted select-none hover:text-fg data-active:text-fg"
          >
            {tab.label}
            {tab.badge}
          </Base.Tab>
        ))}
        <Base.Indicator
          className="absolute -bottom-px left-0 h-0.5 w-[var(--active-tab-width)] translate-x-[var(--active-tab-left)] rounded-full bg-accent transition-[translate,width] duration-150 ease-calm"
        />
      </Base.List>
      {children !== undefined && (
        <Base.Panel value={value} className={cx('outline-none', panelClassName)}>
          {children}
        </Base.Panel>
      )}
    </Base.Root>
  );
}
