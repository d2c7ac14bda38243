import { cx, formatDuration } from '../ui/index.ts';
import { ticksOf, type Bar, type Span } from './record/waterfall.ts';

/** When it ran, drawn: decoration, as the same stands in words beside it. */
export function TimelineBars({ bars }: { bars: readonly Bar[] }) {
  return (
    <span aria-hidden="true" className="relative block h-full">
      {bars.map((bar, index) => (
        <span
          // Bars have no identity but their order.
          // oxlint-disable-next-line react/no-array-index-key
          key={index}
          className={cx('absolute top-1/2 min-w-0.75 -translate-y-1/2 rounded-xs', bar.kind === 'waiting' ? 'h-0.5' : 'h-2.5', tones[bar.kind])}
          style={{ left: `min(${bar.left * 100}%, calc(100% - 3px))`, width: `${bar.width * 100}%` }}
        />
      ))}
    </span>
  );
}

const tones: Record<Bar['kind'], string> = {
  running: 'bg-accent animate-pulse',
  waiting: 'bg-warn',
  parked: 'bg-warn',
  succeeded: 'bg-ok',
  failed: 'bg-danger',
  skipped: 'bg-line-strong',
};

/** Times along the upper edge. */
export function TimelineScale({ span }: { span: Span }) {
  return (
    <span aria-hidden="true" className="relative block h-full text-2xs font-normal text-subtle">
      {ticksOf(span, 3).map(({ at, ms }) => (
        <span
          key={ms}
          className={cx('tabular absolute top-1/2 -translate-y-1/2 whitespace-nowrap', at > 0.92 ? '-translate-x-full' : at > 0 && '-translate-x-1/2')}
          style={{ left: `${at * 100}%` }}
        >
          {formatDuration(ms)}
        </span>
      ))}
    </span>
  );
}
