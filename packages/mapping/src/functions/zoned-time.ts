import { MappingFault } from '../fault.ts';
import { say } from '../sentences.en.ts';

/** Fields of a wall clock. `month` is 1–12. */
export interface ClockTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
}

/** Minutes east of UTC at an instant, in an IANA zone. */
export function offsetAt(zone: string, epochMs: number): number {
  const { year, month, day, hour, minute, second, millisecond } = clockAt(zone, epochMs);
  return Math.round((utcOf({ year, month, day, hour, minute, second, millisecond }) - epochMs) / 60_000);
}

export function clockAt(zone: string, epochMs: number): ClockTime {
  const found: Record<string, number> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(epochMs)) found[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found;
  return { year, month, day, hour, minute, second, millisecond: ((epochMs % 1000) + 1000) % 1000 };
}

/**
 * The instant at which a zone's clocks show this time; the earlier one where they show it twice.
 * @throws {MappingFault} for a time that the zone's clocks skip in spring.
 */
export function instantOf(clock: ClockTime, zone: string): number {
  const asUtc = utcOf(clock);
  const dayMs = 86_400_000;
  const offsets = new Set([offsetAt(zone, asUtc - dayMs), offsetAt(zone, asUtc + dayMs)]);
  const instants = [...offsets].map((offset) => asUtc - offset * 60_000).filter((at) => at + offsetAt(zone, at) * 60_000 === asUtc);
  if (instants.length > 0) return Math.min(...instants);
  throw new MappingFault('not_a_date', say('mapping.date.skipped', { zone, time: new Date(asUtc).toISOString().slice(0, 19) }));
}

/** The milliseconds that this clock would mean in UTC. */
export function utcOf(clock: ClockTime): number {
  const date = new Date(0);
  date.setUTCFullYear(clock.year, clock.month - 1, clock.day);
  date.setUTCHours(clock.hour, clock.minute, clock.second, clock.millisecond);
  return date.getTime();
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = makeFormatter(zone);
  formatters.set(zone, made);
  return made;
}

function makeFormatter(timeZone: string): Intl.DateTimeFormat {
  const numeric = '2-digit';
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone, calendar: 'iso8601', hourCycle: 'h23', year: 'numeric', month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric,
    });
  } catch (refused) {
    if (!(refused instanceof RangeError)) throw refused;
    throw new MappingFault('bad_argument', say('mapping.date.zone', { zone: timeZone }), [timeZone]);
  }
}
