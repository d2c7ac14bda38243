import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';
import { Spinner } from './spinner.tsx';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';

export interface ButtonProps extends ComponentProps<'button'> {
  /** Default `secondary`. One primary button per view. */
  variant?: ButtonVariant;
  /** `sm` is 28 px high, `md` (default) 32 px. */
  size?: 'sm' | 'md';
  /** Before the text, for example `<Plus />`; sized by the button. */
  icon?: ReactNode;
  /** Shows a spinner and takes no clicks. */
  loading?: boolean;
}

export function Button({ variant = 'secondary', size = 'md', icon, loading, disabled, className, children, type, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      disabled={disabled === true || loading === true}
      aria-busy={loading || undefined}
      className={cx(buttonShape, variants[variant], sizes[size], className)}
    >
      {loading ? <Spinner size={14} /> : icon}
      {children}
    </button>
  );
}

const buttonShape =
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap select-none ' +
  'transition-colors duration-100 disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0';

const sizes = { sm: 'h-7 px-2.5 text-xs', md: 'h-8 px-3 text-sm' };

/** For links that look like buttons. */
export function buttonClass(variant: ButtonVariant = 'secondary', size: 'sm' | 'md' = 'md'): string {
  return cx(buttonShape, variants[variant], sizes[size]);
}

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent not-disabled:hover:bg-accent-hover',
  secondary:
    'border border-line bg-raised text-fg not-disabled:hover:bg-[color-mix(in_oklab,var(--raised),var(--fg)_4%)] data-popup-open:bg-[color-mix(in_oklab,var(--raised),var(--fg)_4%)]',
  ghost: 'text-muted not-disabled:hover:bg-hover not-disabled:hover:text-fg data-popup-open:bg-hover data-popup-open:text-fg',
  danger: 'bg-danger-solid text-on-accent not-disabled:hover:bg-danger-hover',
};
