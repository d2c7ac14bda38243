import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export interface KbdProps {
  children: ReactNode;
  /** `inverse` on tooltips. */
  tone?: 'plain' | 'inverse';
}

export function Kbd({ children, tone = 'plain' }: KbdProps) {
  return (
    <kbd
      className={cx(
        'inline-flex h-5 min-w-5 items-center justify-center rounded-sm border px-1 font-sans text-2xs font-medium whitespace-nowrap',
        tone === 'plain' ? 'border-line bg-sunken text-muted' : 'border-current/25 bg-current/10 text-[#f3f4f6]',
      )}
    >
      {children}
    </kbd>
  );
}
