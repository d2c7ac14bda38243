import { isDate } from '@weft/json-schema';
import { MappingFault } from '../fault.ts';
import { utcOf, type ClockTime } from './zoned-time.ts';
import { say } from '../sentences.en.ts';

/** A strict ISO date or date-time, taken apart. */
export interface IsoTime {
  clock: ClockTime;
  /** Undefined for a plain date. */
  offsetMinutes?: number;
  /** Written as UTC, with a Z. */
  isUtc: boolean;
  /** Digits of the second behind its milliseconds, without zeros at the end; mostly none. */
  finer: string;
  /** Milliseconds since 1970; a plain date counts as midnight UTC. */
  epochMs: number;
}

/** Takes apart what `readDate` has let through. */
export function parseIso(text: string): IsoTime {
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))];
  const midnight: ClockTime = { year, month, day, hour: 0, minute: 0, second: 0, millisecond: 0 };
  if (isDate(text)) return { clock: midnight, isUtc: false, finer: '', epochMs: utcOf(midnight) };
  const [, fraction = '', zone = 'Z'] = /^.{19}(\.\d+)?(.+)$/.exec(text) ?? [];
  const clock: ClockTime = {
    ...midnight,
    hour: Number(text.slice(11, 13)),
    minute: Number(text.slice(14, 16)),
    second: Number(text.slice(17, 19)),
    millisecond: Number(fraction.slice(1, 4).padEnd(3, '0')),
  };
  const offsetMinutes = offsetOf(zone);
  return {
    clock,
    offsetMinutes,
    isUtc: zone === 'Z' || zone === 'z',
    finer: fraction.slice(4).replace(/0+$/, ''),
    epochMs: utcOf(clock) - offsetMinutes * 60_000,
  };
}

export function writeDate({ year, month, day }: ClockTime): string {
  checkYear(year);
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
}

/** `Z` for UTC, else the offset; fractions of a second only where there are any. */
export function writeDateTime(epochMs: number, offsetMinutes: number, finer = ''): string {
  const shown = new Date(epochMs + offsetMinutes * 60_000);
  checkYear(shown.getUTCFullYear());
  const text = `${shown.toISOString().slice(0, -1)}${finer}`;
  return `${text.endsWith('.000') ? text.slice(0, -4) : text}${writeOffset(offsetMinutes, true)}`;
}

/** Which of two is later: less than, equal to or more than zero, to the last digit of the second. */
export function compareTimes(left: Pick<IsoTime, 'epochMs' | 'finer'>, right: Pick<IsoTime, 'epochMs' | 'finer'>): number {
  const apart = left.epochMs - right.epochMs;
  // Without zeros at their ends, fractions are in the order of their letters.
  return apart !== 0 ? apart : Number(left.finer > right.finer) - Number(left.finer < right.finer);
}

export function writeOffset(offsetMinutes: number, usesZ: boolean): string {
  if (offsetMinutes === 0 && usesZ) return 'Z';
  const size = Math.abs(offsetMinutes);
  return `${offsetMinutes < 0 ? '-' : '+'}${digits(Math.floor(size / 60), 2)}:${digits(size % 60, 2)}`;
}

export function digits(value: number, count: number): string {
  return String(value).padStart(count, '0');
}

/** The clock of an instant at a fixed offset. */
export function clockAtOffset(epochMs: number, offsetMinutes: number): ClockTime {
  const date = new Date(epochMs + offsetMinutes * 60_000);
  return {
    year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(),
    hour: date.getUTCHours(), minute: date.getUTCMinutes(), second: date.getUTCSeconds(), millisecond: date.getUTCMilliseconds(),
  };
}

function offsetOf(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0;
  const size = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith('-') ? -size : size;
}

function checkYear(year: number): void {
  if (!(year >= 0 && year <= 9999)) throw new MappingFault('out_of_range', say('mapping.date.years'));
}
