import type { ReactNode } from 'react';
import { cx } from '../ui/index.ts';

interface ListLineProps {
  isShown: boolean;
  /** What a click does, where that has to be said. */
  title?: string;
  onOpen: () => void;
  children: ReactNode;
}

/** One line of a list beside which the details of one of them are shown. */
export function ListLine({ isShown, title, onOpen, children }: ListLineProps) {
  return (
    <li className="border-b border-line">
      <button
        type="button"
        aria-current={isShown || undefined}
        title={title}
        onClick={onOpen}
        className={cx('focus-inset flex h-9 w-full items-center gap-3 px-3 text-left text-xs', isShown ? 'bg-accent-soft' : 'hover:bg-hover')}
      >
        {children}
      </button>
    </li>
  );
}
