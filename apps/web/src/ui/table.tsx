import type { ComponentProps } from 'react';
import { cx } from './cx.ts';

export interface TableProps extends ComponentProps<'table'> {
  /** Names the table for screen readers. */
  label: string;
}

/**
 * A real table: columns without a width share what is left. Give it a least width (`min-w-…`): in narrower windows it scrolls
 * sideways inside its own frame.
 */
export function Table({ label, className, children, ...rest }: TableProps) {
  return (
    <div className="overflow-x-auto">
      <table {...rest} aria-label={label} className={cx('w-full table-fixed border-collapse text-left text-sm', className)}>
        {children}
      </table>
    </div>
  );
}

export function Th({ className, ...rest }: ComponentProps<'th'>) {
  return <th scope="col" {...rest} className={cx(
    'h-9 border-b border-line px-3 text-xs font-medium whitespace-nowrap text-subtle first:pl-4 last:pr-4',
    className,
  )} />;
}

export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return <td {...rest} className={cx('h-12 border-b border-line px-3 align-middle first:pl-4 last:pr-4', className)} />;
}

/** A row; the last one has no line below. */
export function Tr({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr {...rest} className={cx('hover:bg-hover last:[&>td]:border-b-0', className)} />;
}
