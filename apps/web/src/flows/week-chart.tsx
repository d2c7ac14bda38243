import type { FlowSummary } from '@weft/api';
import { useTranslation } from 'react-i18next';
import './words.ts';

const height = 24;
const bar = 5;
const gap = 3;

/** Seven days of live runs, oldest first: a bar per day, the failed part in red on top. */
export function WeekChart({ week }: { week: FlowSummary['week'] }) {
  const { t } = useTranslation('flows');
  const succeeded = week.reduce((sum, day) => sum + day.succeeded, 0);
  const failed = week.reduce((sum, day) => sum + day.failed, 0);
  const most = Math.max(1, ...week.map((day) => day.succeeded + day.failed));
  const scale = (count: number) => (count === 0 ? 0 : Math.max(2, (count / most) * height));
  const summary = t('week', { count: succeeded + failed, failed });
  return (
    <svg role="img" aria-label={summary} width={week.length * (bar + gap)} height={height} className="shrink-0">
      <title>{summary}</title>
      {week.map((day, index) => {
        const x = index * (bar + gap);
        const bad = scale(day.failed);
        const good = Math.min(scale(day.succeeded), height - bad);
        return (
          // The position is the day.
          // oxlint-disable-next-line react/no-array-index-key
          <g key={index}>
            {good + bad === 0 && <rect x={x} y={height - 2} width={bar} height={2} rx={1} className="fill-pressed" />}
            <rect x={x} y={height - good} width={bar} height={good} rx={1} className="fill-ok" />
            <rect x={x} y={height - good - bad} width={bar} height={bad} rx={1} className="fill-danger" />
          </g>
        );
      })}
    </svg>
  );
}
