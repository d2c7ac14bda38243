import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { controlClass, cx } from '../../ui/index.ts';
import { atRhythm, cronOfParts, minuteSteps, partsOfCron, type CronParts, type Every } from './cron-parts.ts';
import '../words.ts';

interface CronChoiceProps {
  id: string;
  cron: string;
  onChange: (cron: string) => void;
  readOnly: boolean;
  /** Cron as text, for what has no choice of its own. */
  own: ReactNode;
}

const rhythms = ['minutes', 'hour', 'day', 'workday', 'week', 'month'] as const satisfies readonly Every[];
const control = cx(controlClass, 'h-8');

/** How often, and at which time: choices for what most schedules are, cron for the others. */
export function CronChoice({ id, cron, onChange, readOnly, own }: CronChoiceProps) {
  const { t } = useTranslation('inspector');
  // What is being written stays text, also when it becomes one of the choices.
  const [writes, setWrites] = useState(() => partsOfCron(cron) === undefined);
  const parts = writes ? undefined : partsOfCron(cron);
  const set = (next: CronParts): void => onChange(cronOfParts(next));
  const choose = (every: string): void => {
    const next = rhythms.find((one) => one === every);
    setWrites(next === undefined);
    if (next) set(atRhythm(next, partsOfCron(cron)));
  };
  return (
    <>
      <select
        id={parts && id}
        aria-label={t('cron.often')}
        className={control}
        disabled={readOnly}
        value={parts?.every ?? 'own'}
        onChange={(event) => choose(event.target.value)}
      >
        {rhythms.map((every) => (
          <option key={every} value={every}>
            {t(`cron.every.${every}`)}
          </option>
        ))}
        <option value="own">{t('cron.own')}</option>
      </select>
      {parts ? (
        <fieldset disabled={readOnly} className="flex min-w-0 flex-wrap items-end gap-2">
          <Rest parts={parts} onChange={set} />
        </fieldset>
      ) : (
        <>
          {own}
          <p className="text-xs text-subtle">{t('cron.ownHint')}</p>
        </>
      )}
    </>
  );
}

/** What a rhythm leaves open. */
function Rest({ parts, onChange }: { parts: CronParts; onChange: (parts: CronParts) => void }) {
  const { t } = useTranslation('inspector');
  return (
    <>
      {parts.every === 'minutes' && (
        <Labelled label={t('cron.minutes')}>
          <select className={control} value={parts.minutes} onChange={(event) => onChange({ ...parts, minutes: Number(event.target.value) })}>
            {minuteSteps.map((minutes) => (
              <option key={minutes}>{minutes}</option>
            ))}
          </select>
        </Labelled>
      )}
      {parts.every === 'hour' && <Whole label={t('cron.minute')} value={parts.minute} min={0} max={59} onChange={(minute) => onChange({ ...parts, minute })} />}
      {parts.every === 'week' && <Weekdays days={parts.days} onChange={(days) => onChange({ ...parts, days })} />}
      {parts.every === 'month' && <Whole label={t('cron.day')} value={parts.day} min={1} max={31} onChange={(day) => onChange({ ...parts, day })} />}
      {'time' in parts && (
        <Labelled label={t('cron.time')}>
          <input
            type="time"
            className={control}
            value={parts.time}
            onChange={(event) => event.target.value !== '' && onChange({ ...parts, time: event.target.value })}
          />
        </Labelled>
      )}
    </>
  );
}

/** 2024 began with a Monday. */
const monday = Date.UTC(2024, 0, 1);

function Weekdays({ days, onChange }: { days: readonly number[]; onChange: (days: readonly number[]) => void }) {
  const { t, i18n } = useTranslation('inspector');
  const name = (day: number, weekday: 'short' | 'long'): string =>
    new Intl.DateTimeFormat(i18n.language, { weekday, timeZone: 'UTC' }).format(monday + (day - 1) * 86_400_000);
  const toggle = (day: number): readonly number[] => (days.includes(day) ? days.filter((one) => one !== day) : [...days, day].toSorted((a, b) => a - b));
  return (
    <fieldset aria-label={t('cron.days')} className="flex w-full flex-wrap gap-1">
      {[1, 2, 3, 4, 5, 6, 7].map((day) => (
        <button
          key={day}
          type="button"
          title={name(day, 'long')}
          aria-pressed={days.includes(day)}
          // One day has to stay: no day would be never.
          disabled={days.length === 1 && days.includes(day)}
          className="h-7 min-w-9 rounded-md border border-line-strong px-1.5 text-xs hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-text"
          onClick={() => onChange(toggle(day))}
        >
          {name(day, 'short')}
        </button>
      ))}
    </fieldset>
  );
}

function Whole({ label, value, min, max, onChange }: { label: string; value: number; min: number; max: number; onChange: (value: number) => void }) {
  return (
    <Labelled label={label}>
      <input
        type="number"
        className={control}
        min={min}
        max={max}
        value={value}
        onChange={(event) => {
          const next = Number(event.target.value);
          if (event.target.value !== '' && Number.isInteger(next) && next >= min && next <= max) onChange(next);
        }}
      />
    </Labelled>
  );
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <label className="flex min-w-28 flex-1 flex-col gap-1 text-xs text-muted">
      {label}
      {children}
    </label>
  );
}
