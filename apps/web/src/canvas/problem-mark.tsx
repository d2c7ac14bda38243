import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { cx } from '../ui/index.ts';
import { useProblemCount } from './step-state.ts';

/** How many problems a step has, where it has some. */
export function ProblemMark({ id }: { id: string }) {
  const { t } = useTranslation('canvas');
  const { count, errors } = useProblemCount(id);
  if (count === 0) return null;
  return (
    <span
      title={t('problems', { count })}
      className={cx('flex items-center gap-0.5 text-xs font-semibold', errors > 0 ? 'text-danger-text' : 'text-warn-text')}
    >
      <TriangleAlert aria-hidden="true" className="size-3.5" />
      <span className="sr-only">{t('problems', { count })}</span>
      <span aria-hidden="true">{count}</span>
    </span>
  );
}
