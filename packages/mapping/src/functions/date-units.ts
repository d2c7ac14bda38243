import { MappingFault } from '../fault.ts';
import { clockAtOffset, type IsoTime } from './iso-time.ts';
import { utcOf, type ClockTime } from './zoned-time.ts';
import { say } from '../sentences.en.ts';

export const dateUnits = ['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds'] as const;
export type DateUnit = (typeof dateUnits)[number];

const unitMs: Partial<Record<DateUnit, number>> = { weeks: 604_800_000, days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1000 };

export function readUnit(unit: string): DateUnit {
  const found = dateUnits.find((known) => known === unit || known === `${unit}s`);
  if (!found) throw new MappingFault('bad_argument', say('mapping.date.unit', { unit, units: dateUnits.join(', ') }), [unit]);
  return found;
}

/** Calendar units keep the clock time (a month after 31 January is the last of February); the others count elapsed time. */
export function shift(time: IsoTime, amount: number, unit: DateUnit): number {
  const ms = unitMs[unit];
  if (ms !== undefined) return time.epochMs + amount * ms;
  const months = unit === 'years' ? amount * 12 : amount;
  const clock = clockAtOffset(time.epochMs, time.offsetMinutes ?? 0);
  return utcOf(plusMonths(clock, months)) - (time.offsetMinutes ?? 0) * 60_000;
}

/** How many whole units lie between two times, negative backwards. */
export function between(from: IsoTime, to: IsoTime, unit: DateUnit): number {
  const ms = unitMs[unit];
  if (ms !== undefined) return Math.trunc((to.epochMs - from.epochMs) / ms) + 0;
  if (to.epochMs < from.epochMs) return -between(to, from, unit) + 0;
  const end = clockAtOffset(to.epochMs, from.offsetMinutes ?? 0);
  const { clock } = from;
  const months = (end.year - clock.year) * 12 + end.month - clock.month;
  const whole = shift(from, months, 'months') > to.epochMs ? months - 1 : months;
  return unit === 'years' ? Math.trunc(whole / 12) : whole;
}

function plusMonths(clock: ClockTime, months: number): ClockTime {
  const total = clock.year * 12 + clock.month - 1 + months;
  const [year, month] = [Math.floor(total / 12), (((total % 12) + 12) % 12) + 1];
  const lastDay = new Date(Date.UTC(2000 + (((year % 400) + 400) % 400), month, 0)).getUTCDate();
  return { ...clock, year, month, day: Math.min(clock.day, lastDay) };
}
