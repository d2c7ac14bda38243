import { MappingFault } from '../fault.ts';
import { say } from '../sentences.en.ts';
import { clockAtOffset, compareTimes, type IsoTime } from './iso-time.ts';
import { clockAt, instantAfter, utcOf, type ClockTime } from './zoned-time.ts';

export const dateUnits = ['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds'] as const;
export type DateUnit = (typeof dateUnits)[number];

const elapsedMs: Partial<Record<DateUnit, number>> = { hours: 3_600_000, minutes: 60_000, seconds: 1000 };

export function readUnit(unit: string): DateUnit {
  const found = dateUnits.find((known) => known === unit || known === `${unit}s`);
  if (!found) throw new MappingFault('bad_argument', say('mapping.date.unit', { unit, units: dateUnits.join(', ') }), [unit]);
  return found;
}

/** The clock by which days and months are counted: a zone's, or one that never changes. */
export interface Calendar {
  clockAt(epochMs: number): ClockTime;
  /** A time that is skipped is the moment right after the gap, one that comes twice the first. */
  instantOf(clock: ClockTime): { at: number; isSkipped: boolean };
}

/** @param offsetMinutes - of the clock that counts where no zone is known. */
export function calendarOf(zone: string | undefined, offsetMinutes = 0): Calendar {
  if (zone !== undefined) return { clockAt: (epochMs) => clockAt(zone, epochMs), instantOf: (clock) => instantAfter(clock, zone) };
  return {
    clockAt: (epochMs) => clockAtOffset(epochMs, offsetMinutes),
    instantOf: (clock) => ({ at: utcOf(clock) - offsetMinutes * 60_000, isSkipped: false }),
  };
}

type Moment = Pick<IsoTime, 'epochMs' | 'finer'>;

/**
 * Days, weeks, months and years keep the clock time of the calendar, whatever happens to its clocks in between; a month after
 * 31 January is the last of February. Hours, minutes and seconds count elapsed time.
 * @throws {MappingFault} for what lies outside the years 0000 to 9999.
 */
export function shift(time: Moment, amount: number, unit: DateUnit, calendar: Calendar): Moment {
  const ms = elapsedMs[unit];
  if (ms !== undefined) return { epochMs: inYears(time.epochMs + amount * ms), finer: time.finer };
  // Of a time that its day has twice, no days later is the same one.
  if (amount === 0) return time;
  const clock = calendar.clockAt(time.epochMs);
  const moved = unit === 'years'
    ? plusMonths(clock, amount * 12)
    : unit === 'months'
    ? plusMonths(clock, amount)
    : plusDays(clock, unit === 'weeks' ? amount * 7 : amount);
  const { at, isSkipped } = calendar.instantOf(moved);
  return { epochMs: at, finer: isSkipped ? '' : time.finer };
}

/** How many whole units can be added to `from` without passing `to`; negative backwards. */
export function between(from: Moment, to: Moment, unit: DateUnit, calendar: Calendar): number {
  if (compareTimes(to, from) < 0) return -between(to, from, unit, calendar) + 0;
  let count = about(from, to, unit, calendar);
  while (count > 0 && compareTimes(shift(from, count, unit, calendar), to) > 0) count -= 1;
  return count;
}

/** As many units as there may be between two times, or a few too many: clocks that go back over midnight show a day that was over. */
function about(from: Moment, to: Moment, unit: DateUnit, calendar: Calendar): number {
  const ms = elapsedMs[unit];
  if (ms !== undefined) return Math.floor((to.epochMs - from.epochMs) / ms);
  const [start, end] = [calendar.clockAt(from.epochMs), calendar.clockAt(to.epochMs)];
  const months = (end.year - start.year) * 12 + end.month - start.month;
  if (unit === 'months') return months + 1;
  if (unit === 'years') return Math.floor(months / 12) + 1;
  const days = (midnight(end) - midnight(start)) / dayMs + 1;
  return unit === 'days' ? days : Math.floor(days / 7);
}

const dayMs = 86_400_000;

const midnight = ({ year, month, day }: ClockTime): number => utcOf({ year, month, day, hour: 0, minute: 0, second: 0, millisecond: 0 });

function plusDays(clock: ClockTime, days: number): ClockTime {
  const moved = clockAtOffset(inYears(midnight(clock) + days * dayMs), 0);
  return { ...clock, year: moved.year, month: moved.month, day: moved.day };
}

function plusMonths(clock: ClockTime, months: number): ClockTime {
  const total = clock.year * 12 + clock.month - 1 + months;
  const [year, month] = [Math.floor(total / 12), (((total % 12) + 12) % 12) + 1];
  inYears(midnight({ ...clock, year, month, day: 1 }));
  const lastDay = new Date(Date.UTC(2000 + (((year % 400) + 400) % 400), month, 0)).getUTCDate();
  return { ...clock, year, month, day: Math.min(clock.day, lastDay) };
}

/** @returns the same moment. Zones are asked for no others. */
function inYears(epochMs: number): number {
  if (epochMs >= firstMs && epochMs <= lastMs) return epochMs;
  throw new MappingFault('out_of_range', say('mapping.date.years'));
}

// A day more on both sides: a zone may be ahead of UTC or behind it, and what is written is checked again.
const [firstMs, lastMs] = [Date.parse('0000-01-01T00:00:00Z') - dayMs, Date.parse('9999-12-31T23:59:59.999Z') + dayMs];
