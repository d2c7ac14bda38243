import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export interface NoticeProps {
  tone?: 'info' | 'ok' | 'warn' | 'danger';
  children: ReactNode;
  action?: ReactNode;
  className?: string;
}

/** A sentence that belongs to the form or page around it. */
export function Notice({ tone = 'info', children, action, className }: NoticeProps) {
  const { icon, look } = looks[tone];
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={cx('flex items-start gap-2 rounded-md px-3 py-2 text-sm [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0', look, className)}
    >
      {icon}
      <div className="min-w-0 flex-1">{children}</div>
      {action}
    </div>
  );
}

const looks = {
  info: { icon: <Info aria-hidden="true" />, look: 'bg-pressed text-fg' },
  ok: { icon: <CircleCheck aria-hidden="true" />, look: 'bg-ok-soft text-ok-text' },
  warn: { icon: <TriangleAlert aria-hidden="true" />, look: 'bg-warn-soft text-warn-text' },
  danger: { icon: <CircleAlert aria-hidden="true" />, look: 'bg-danger-soft text-danger-text' },
};
