import { CircleCheck, CircleDashed, CircleMinus, CircleStop, CircleX, Hourglass, LoaderCircle, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { cx } from '../ui/index.ts';
import type { RowStatus } from './record/rows.ts';
import './words.ts';

/** A sign and, for those who listen, a word: the colour alone says nothing. */
export function StatusIcon({ status, size = 14 }: { status: RowStatus; size?: number }) {
  const { t } = useTranslation('run-panel');
  const { icon: Icon, tone } = looks[status];
  return (
    <span className={cx('inline-flex shrink-0', tone)} title={t(`status.${status}`)}>
      <Icon aria-hidden="true" style={{ width: size, height: size }} className={cx(status === 'running' && 'animate-spin')} />
      <span className="sr-only">{t(`status.${status}`)}</span>
    </span>
  );
}

const looks: Record<RowStatus, { icon: LucideIcon; tone: string }> = {
  running: { icon: LoaderCircle, tone: 'text-accent-text' },
  waiting: { icon: Hourglass, tone: 'text-warn-text' },
  parked: { icon: Hourglass, tone: 'text-warn-text' },
  succeeded: { icon: CircleCheck, tone: 'text-ok' },
  failed: { icon: CircleX, tone: 'text-danger' },
  skipped: { icon: CircleMinus, tone: 'text-subtle' },
  pending: { icon: CircleDashed, tone: 'text-subtle' },
  notReached: { icon: CircleDashed, tone: 'text-subtle' },
  interrupted: { icon: CircleStop, tone: 'text-warn-text' },
};
