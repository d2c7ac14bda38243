import type { ComponentProps } from 'react';
import { cx } from './cx.ts';

/** A surface with a hairline border. */
export function Card({ className, ...rest }: ComponentProps<'div'>) {
  return <div {...rest} className={cx('rounded-lg border border-line bg-surface', className)} />;
}
