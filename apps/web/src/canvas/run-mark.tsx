import { Check, CircleSlash, Hourglass, LoaderCircle, RotateCw, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useEditor, type StepRunState } from '../editor/state/index.ts';
import { cx, formatDuration } from '../ui/index.ts';

/** How the step stands in the run that is shown: a sign and a few words on the upper edge of its card. */
export function RunMark({ id }: { id: string }) {
  const { t, i18n } = useTranslation('canvas');
  const run = useEditor(({ runStates }) => runStates[id]);
  const stream = useEditor(({ document: { steps } }) => {
    const step = steps[id];
    if (step?.kind === 'forEach' && step.source) return 'loop';
    const around = step?.in === undefined ? undefined : steps[step.in];
    return around?.kind === 'forEach' && around.source ? 'inside' : undefined;
  });
  if (!run) return null;
  const { icon: Icon, tone } = marks[run.status];
  // Of a loop, what counts are its items; of a step inside, how often it ran. Inside a stream only the first records are told.
  const times = run.items ?? (run.count > 1 ? run.count : undefined);
  return (
    <span className={cx('run-mark', tone)} title={t(`run.${run.status}`)}>
      <Icon aria-hidden="true" className={cx('size-3', run.status === 'running' && 'animate-spin')} />
      <span className="sr-only">{t(`run.${run.status}`)}</span>
      {stream === 'inside'
        ? null
        : times === undefined
        ? run.ms !== undefined && formatDuration(run.ms)
        : t(stream ? 'run.read' : 'run.items', { count: times, number: new Intl.NumberFormat(i18n.language).format(times) })}
    </span>
  );
}

const marks: Record<StepRunState['status'], { icon: typeof Check; tone: string }> = {
  running: { icon: LoaderCircle, tone: 'bg-accent-soft text-accent-text' },
  parked: { icon: Hourglass, tone: 'bg-warn-soft text-warn-text' },
  retrying: { icon: RotateCw, tone: 'bg-warn-soft text-warn-text' },
  succeeded: { icon: Check, tone: 'bg-ok-soft text-ok-text' },
  failed: { icon: X, tone: 'bg-danger-soft text-danger-text' },
  skipped: { icon: CircleSlash, tone: 'bg-sunken text-muted' },
};
