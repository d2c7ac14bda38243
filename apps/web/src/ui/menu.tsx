import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import { Fragment, type ReactElement, type ReactNode } from 'react';
import { cx } from './cx.ts';
import { popupClass } from './popup.ts';

export interface MenuItem {
  label: string;
  icon?: ReactNode;
  onSelect: () => void;
  danger?: boolean;
  disabled?: boolean;
  /** Shown at the end of the line, for example `⌘D`. */
  shortcut?: string;
  /** A tick, for the chosen one of several. */
  checked?: boolean;
  /** A line above it. */
  separated?: boolean;
}

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement;
  items: readonly MenuItem[];
  /** Over the items. */
  heading?: ReactNode;
  side?: 'top' | 'bottom' | 'left' | 'right';
  align?: 'start' | 'center' | 'end';
}

export function Menu({ trigger, items, heading, side = 'bottom', align = 'end' }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={4} className="z-50 outline-none">
          <Base.Popup className={cx(popupClass, 'max-h-[var(--available-height)] min-w-44 overflow-y-auto')}>
            {heading !== undefined && <div className="mb-1 border-b border-line px-2 pt-1 pb-2 text-xs text-muted">{heading}</div>}
            {items.map((item) => (
              <Fragment key={item.label}>
                {item.separated && <Base.Separator className="-mx-1 my-1 h-px bg-line" />}
                <Base.Item
                  disabled={item.disabled}
                  onClick={item.onSelect}
                  className={cx(
                    'flex h-8 cursor-default items-center gap-2 rounded-sm px-2 text-sm outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:shrink-0',
                    item.danger ? 'text-danger-text' : 'text-fg [&_svg]:text-subtle',
                  )}
                >
                  {item.icon}
                  <span className="one-line max-w-64 flex-1">{item.label}</span>
                  {item.shortcut !== undefined && <span className="ml-6 text-xs text-subtle">{item.shortcut}</span>}
                  {item.checked && <Check aria-hidden="true" className="ml-4 text-accent-text!" />}
                </Base.Item>
              </Fragment>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
