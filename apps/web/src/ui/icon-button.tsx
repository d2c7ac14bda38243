import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';
import { Tooltip } from './tooltip.tsx';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** Its name for everybody: read aloud, and shown as a tooltip. */
  label: string;
  icon: ReactNode;
  /** 28 px (`sm`, default) or 32 px. Both keep the 24 px minimum target. */
  size?: 'sm' | 'md';
  /** Shown behind the tooltip's text, for example `⌘K`. */
  shortcut?: string;
  /** Pressed, for toggles. */
  active?: boolean;
  /** Without the tooltip, where the meaning stands next to it. */
  plain?: boolean;
}

export function IconButton({ label, icon, size = 'sm', shortcut, active, plain, className, type, ...rest }: IconButtonProps) {
  const button = (
    <button
      {...rest}
      type={type ?? 'button'}
      aria-label={label}
      aria-pressed={active}
      className={cx(
        'inline-flex shrink-0 items-center justify-center rounded-md text-muted transition-colors duration-100',
        'not-disabled:hover:bg-hover not-disabled:hover:text-fg data-popup-open:bg-hover data-popup-open:text-fg disabled:opacity-45 [&_svg]:size-4',
        active === true && 'bg-pressed text-fg',
        size === 'sm' ? 'size-7' : 'size-8',
        className,
      )}
    >
      {icon}
    </button>
  );
  if (plain) return button;
  return (
    <Tooltip text={label} shortcut={shortcut}>
      {button}
    </Tooltip>
  );
}
