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
  return Math.round(aheadMs(zone, epochMs) / 60_000);
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
  const { at, isSkipped } = instantAfter(clock, zone);
  if (!isSkipped) return at;
  throw new MappingFault('not_a_date', say('mapping.date.skipped', { zone, time: new Date(utcOf(clock)).toISOString().slice(0, 19) }));
}

/** The same for any time: one that the clocks skip is the moment right after the gap. */
export function instantAfter(clock: ClockTime, zone: string): { at: number; isSkipped: boolean } {
  const asUtc = utcOf(clock);
  const dayMs = 86_400_000;
  // No zone is a day away from UTC, so a change that concerns this time lies between the two.
  const before = asUtc - aheadMs(zone, asUtc - dayMs);
  const after = asUtc - aheadMs(zone, asUtc + dayMs);
  const shown = [Math.min(before, after), Math.max(before, after)].find((at) => at + aheadMs(zone, at) === asUtc);
  return shown === undefined ? { at: changeBetween(after, before, zone), isSkipped: true } : { at: shown, isSkipped: false };
}

/** The first moment behind a change of the clocks that lies between two. */
function changeBetween(from: number, to: number, zone: string): number {
  const old = aheadMs(zone, from);
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (aheadMs(zone, middle) === old) low = middle;
    else high = middle;
  }
  return high;
}

/** How far a zone's clocks are ahead of UTC. In whole minutes only since about 1900. */
const aheadMs = (zone: string, epochMs: number): number => utcOf(clockAt(zone, epochMs)) - epochMs;

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
    throw new MappingFault('bad_argument', timeZone === '' ? say('mapping.date.noZoneNamed') : say('mapping.date.zone', { zone: timeZone }), [timeZone]);
  }
}
