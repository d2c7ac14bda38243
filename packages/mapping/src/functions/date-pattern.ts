import { isDate, isDateTime } from '@weft/json-schema';
import { MappingFault } from '../fault.ts';
import { digits, writeDate, writeDateTime, writeOffset } from './iso-time.ts';
import { shorten } from './read-argument.ts';
import { instantOf, offsetAt, type ClockTime } from './zoned-time.ts';
import { say } from '../sentences.en.ts';

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Letters as in Unicode's date patterns; text in quotes is literal, so is anything that is no letter. */
const token = /'([^']*)'|yyyy|yy|MMMM|MMM|MM|M|dd|d|EEEE|EEE|HH|H|hh|h|mm|ss|SSS|a|XXX|XX|X|([A-Za-z])|([^A-Za-z'])/g;

/** Writes a clock time, `offsetMinutes` east of UTC, by a pattern such as `dd.MM.yyyy HH:mm`. */
export function writeByPattern(pattern: string, clock: ClockTime, offsetMinutes: number): string {
  const hour12 = clock.hour % 12 === 0 ? 12 : clock.hour % 12;
  const weekday = days[new Date(Date.UTC(clock.year, clock.month - 1, clock.day)).getUTCDay()] ?? '';
  const month = months[clock.month - 1] ?? '';
  const offset = writeOffset(offsetMinutes, false);
  const written: Record<string, string> = {
    yyyy: digits(clock.year, 4), yy: digits(clock.year % 100, 2),
    MMMM: month, MMM: month.slice(0, 3), MM: digits(clock.month, 2), M: String(clock.month),
    dd: digits(clock.day, 2), d: String(clock.day), EEEE: weekday, EEE: weekday.slice(0, 3),
    HH: digits(clock.hour, 2), H: String(clock.hour), hh: digits(hour12, 2), h: String(hour12),
    mm: digits(clock.minute, 2), ss: digits(clock.second, 2), SSS: digits(clock.millisecond, 3),
    a: clock.hour < 12 ? 'AM' : 'PM', XXX: offset, XX: offset.replace(':', ''), X: offset.replace(/:00$/, '').replace(':', ''),
  };
  return partsOf(pattern).map((part) => (part.isToken ? (written[part.text] ?? '') : part.text)).join('');
}

/**
 * Reads a text by a pattern, strictly: every character must fit and 31/02 is refused.
 * @returns a date where the pattern has no time, else a date-time.
 */
export function readByPattern(text: string, pattern: string, zone: string | undefined): string {
  const fields = new Map<string, string>();
  let rest = text;
  for (const { isToken, text: part } of partsOf(pattern)) {
    const found = isToken ? readers[part]?.exec(rest)?.[0] : rest.startsWith(part) ? part : undefined;
    if (found === undefined) throw notReadable(text, pattern);
    if (isToken) fields.set(part, found);
    rest = rest.slice(found.length);
  }
  if (rest !== '') throw notReadable(text, pattern);
  const clock = clockOf(fields);
  if (!clock || !isDate(writeDate(clock)) || !isTimeOfDay(clock)) throw notReadable(text, pattern);
  if (!['HH', 'H', 'hh', 'h'].some((name) => fields.has(name))) return writeDate(clock);
  const read = fields.get('XXX') ?? fields.get('XX') ?? fields.get('X');
  if (read !== undefined) {
    const offset = read === 'Z' ? read : `${read.slice(0, 3)}:${read.slice(3).replace(':', '') || '00'}`;
    const iso =
      `${writeDateTime(Date.UTC(clock.year, clock.month - 1, clock.day, clock.hour, clock.minute, clock.second, clock.millisecond), 0).slice(0, -1)}${offset}`;
    if (!isDateTime(iso)) throw notReadable(text, pattern);
    return iso;
  }
  return inZone(clock, zone, text);
}

/** A clock time in a zone, as an ISO date-time with that zone's offset. `finer`: digits of the second behind its milliseconds. */
export function inZone(clock: ClockTime, zone: string | undefined, text: string, finer = ''): string {
  if (zone === undefined) {
    throw new MappingFault('zone_missing', say('mapping.date.zoneNeeded', { text: shorten(text) }), [text]);
  }
  const instant = instantOf(clock, zone);
  return writeDateTime(instant, offsetAt(zone, instant), finer);
}

const readers: Readonly<Record<string, RegExp>> = {
  yyyy: /^\d{4}/, yy: /^\d{2}/, MM: /^\d{2}/, M: /^\d{1,2}/, dd: /^\d{2}/, d: /^\d{1,2}/,
  MMMM: nameReader(months), MMM: nameReader(months.map((name) => name.slice(0, 3))),
  EEEE: nameReader(days), EEE: nameReader(days.map((name) => name.slice(0, 3))),
  HH: /^\d{2}/, H: /^\d{1,2}/, hh: /^\d{2}/, h: /^\d{1,2}/, mm: /^\d{2}/, ss: /^\d{2}/, SSS: /^\d{3}/,
  a: /^[AaPp][Mm]/, XXX: /^(?:Z|[+-]\d{2}:\d{2})/, XX: /^(?:Z|[+-]\d{4})/, X: /^(?:Z|[+-]\d{2}(?:\d{2})?)/,
};

function nameReader(names: readonly string[]): RegExp {
  return new RegExp(`^(?:${names.join('|')})`, 'i');
}

function clockOf(fields: ReadonlyMap<string, string>): ClockTime | undefined {
  const number = (...names: string[]): number | undefined => {
    const found = names.map((name) => fields.get(name)).find((value) => value !== undefined);
    return found === undefined ? undefined : Number(found);
  };
  const named = (fields.get('MMMM') ?? fields.get('MMM'))?.slice(0, 3).toLowerCase();
  const byName = named === undefined ? undefined : months.findIndex((name) => name.toLowerCase().startsWith(named)) + 1;
  const short = number('yy');
  // Two digits mean the years 1970 to 2069, as most systems read them.
  const year = number('yyyy') ?? (short === undefined ? undefined : short + (short < 70 ? 2000 : 1900));
  const [month, day] = [number('MM', 'M') ?? byName, number('dd', 'd')];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  return {
    year, month, day, hour: hourOf(number('HH', 'H'), number('hh', 'h'), fields.get('a')),
    minute: number('mm') ?? 0, second: number('ss') ?? 0, millisecond: number('SSS') ?? 0,
  };
}

function hourOf(hour24: number | undefined, hour12: number | undefined, half: string | undefined): number {
  if (hour24 !== undefined) return hour24;
  if (hour12 === undefined) return 0;
  if (hour12 < 1 || hour12 > 12) return Number.NaN;
  return (hour12 % 12) + (half?.toLowerCase() === 'pm' ? 12 : 0);
}

function isTimeOfDay({ hour, minute, second }: ClockTime): boolean {
  return hour >= 0 && hour <= 23 && minute <= 59 && second <= 59;
}

const maxPatternLength = 200;

interface PatternPart {
  text: string;
  isToken: boolean;
}

function partsOf(pattern: string): PatternPart[] {
  if (pattern.length > maxPatternLength) throw new MappingFault('bad_argument', say('mapping.datePattern.length', { max: maxPatternLength }));
  return [...pattern.matchAll(token)].map(([whole, quoted, unknown, literal]) => {
    if (unknown !== undefined) {
      throw new MappingFault('bad_argument', say('mapping.datePattern.letter', { letter: unknown }), [pattern]);
    }
    if (quoted !== undefined) return { text: quoted === '' ? "'" : quoted, isToken: false };
    return { text: whole, isToken: literal === undefined };
  });
}

function notReadable(text: string, pattern: string): MappingFault {
  return new MappingFault('not_a_date', say('mapping.date.otherPattern', { text: shorten(text), pattern }), [text]);
}
