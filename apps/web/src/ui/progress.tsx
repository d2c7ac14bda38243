import { cx } from './cx.ts';

export interface ProgressProps {
  label: string;
  /** 0 … 1. */
  value: number;
  tone?: 'accent' | 'warn' | 'danger';
  className?: string;
}

export function Progress({ label, value, tone = 'accent', className }: ProgressProps) {
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} className={cx('h-1.5 overflow-hidden rounded-full bg-pressed', className)}>
      <div className={cx('h-full rounded-full transition-[width] duration-150', tones[tone])} style={{ width: `${percent}%` }} />
    </div>
  );
}

const tones = { accent: 'bg-accent', warn: 'bg-warn', danger: 'bg-danger' };
