import { cx } from './cx.ts';

export interface ProgressProps {
  label: string;
  /** 0 … 1. */
  value: number;
  tone?: 'accent' | 'warn' | 'danger';
  className?: string;
}

export function Progress({ label, value, tone = 'accent', className }: ProgressProps) {
  return (
    <progress
      aria-label={label}
      max={1}
      value={Math.min(1, Math.max(0, value))}
      className={cx(
        'h-1.5 appearance-none overflow-hidden rounded-full bg-pressed [&::-webkit-progress-bar]:bg-pressed [&::-webkit-progress-value]:rounded-full',
        tones[tone],
        className,
      )}
    />
  );
}

const tones = {
  accent: '[&::-moz-progress-bar]:bg-accent [&::-webkit-progress-value]:bg-accent',
  warn: '[&::-moz-progress-bar]:bg-warn [&::-webkit-progress-value]:bg-warn',
  danger: '[&::-moz-progress-bar]:bg-danger [&::-webkit-progress-value]:bg-danger',
};
