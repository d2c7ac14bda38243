import { isDate, isDateTime } from '@weft/json-schema';
import { MappingFault } from '../fault.ts';
import { inZone, readByPattern } from './date-pattern.ts';
import { defineFunction } from './define-function.ts';
import { parseIso, writeDateTime } from './iso-time.ts';
import { shorten } from './read-argument.ts';
import { say } from '../sentences.en.ts';

export const parseDate = defineFunction({
  name: 'parseDate',
  category: 'date',
  title: 'Read a date',
  description: 'Reads a date by a pattern such as dd.MM.yyyy, strictly. Without a pattern: an ISO date or time, or seconds or milliseconds since 1970. A time without a zone needs the zone it was written in.',
  parameters: [
    { name: 'text', title: 'Text', type: 'text' },
    { name: 'pattern', title: 'Pattern', type: 'text', holds: 'datePattern', optional: true },
    { name: 'zone', title: 'Time zone', type: 'text', holds: 'timezone', optional: true },
  ],
  returns: 'date',
  examples: [
    { args: ['31.01.2025', 'dd.MM.yyyy'], result: '2025-01-31' },
    { args: ['1/31/25 2:30 PM', 'M/d/yy h:mm a', 'Europe/Oslo'], result: '2025-01-31T14:30:00+01:00' },
    { args: ['3 March 2025', 'd MMMM yyyy'], result: '2025-03-03' },
    { args: ['2025-01-31 14:30', undefined, 'America/New_York'], result: '2025-01-31T14:30:00-05:00' },
    { args: ['2025-01-31 14:30:00.123456', undefined, 'America/New_York'], result: '2025-01-31T14:30:00.123456-05:00' },
    { args: ['2025-01-31T14:30:00Z'], result: '2025-01-31T14:30:00Z' },
    { args: ['2025-01-31T14:30:00.000+0100'], result: '2025-01-31T14:30:00.000+01:00' },
    { args: ['2025-01-31 14:30:00 UTC'], result: '2025-01-31T14:30:00Z' },
    { args: [1738333800000], result: '2025-01-31T14:30:00Z' },
    { args: ['1738333800.25'], result: '2025-01-31T14:30:00.250Z' },
    { args: ['20250131'], fault: 'not_a_date' },
    { args: ['202501311430'], fault: 'not_a_date' },
    { args: ['20250131143000'], fault: 'not_a_date' },
    { args: ['2025013114'], fault: 'not_a_date' },
    { args: ['31/02/2025', 'dd/MM/yyyy'], fault: 'not_a_date' },
    { args: ['2025-01-31T14:30:00'], fault: 'zone_missing' },
    { args: ['2025-03-30T02:30', undefined, 'Europe/Oslo'], fault: 'not_a_date' },
  ],
  apply(run, text, pattern, zone) {
    const from = zone ?? run.timezone;
    return pattern === undefined ? readIso(text, from) : readByPattern(text, pattern, from);
  },
});

/**
 * The moment that an ISO text means, in milliseconds since 1970. A date is the beginning of that day in the zone, and a time that
 * names no zone is one of that zone's clocks.
 * @param zone - an IANA name.
 * @throws {MappingFault} for what is no date, or a time that the zone's clocks skip.
 */
export const readMoment = (text: string, zone: string): number => parseIso(readIso(isDate(text) ? `${text}T00:00:00` : text, zone)).epochMs;

function readIso(text: string, zone: string | undefined): string {
  if (isDate(text) || isDateTime(text)) return text;
  const counted = sinceEpoch.exec(text);
  if (counted) return momentOfCount(counted);
  const [, date = '', hour = '', minute = '', second = '00', fraction = '', offset] = time.exec(text) ?? [];
  const iso = `${date}T${hour}:${minute}:${second}${fraction.replace(',', '.')}${offset === undefined ? 'Z' : offsetIn(offset)}`;
  if (!isDateTime(iso)) throw new MappingFault('not_a_date', say('mapping.date.notIso', { text: shorten(text) }), [text]);
  if (offset !== undefined) return iso;
  const { clock, finer } = parseIso(iso);
  return inZone(clock, zone, text, finer);
}

/** ISO as forms, databases and services write it: also with a blank, without a zone, or with one that has no colon. */
const time = /^(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d)([.,]\d{1,9})?)?(?: ?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?$/;

function offsetIn(written: string): string {
  if (/^[A-Z]/.test(written)) return 'Z';
  return `${written.slice(0, 3)}:${written.slice(3).replace(':', '') || '00'}`;
}

/** Seconds or milliseconds since 1970, from 2001 to 2033: other counts of digits, or a 2 in front, are as likely a date without its points. */
const sinceEpoch = /^(1\d{9}|1\d{12})(\.\d{1,9})?$/;

function momentOfCount([, whole = '', fraction = '']: RegExpExecArray): string {
  if (whole.length === 13) return writeDateTime(Number(whole), 0);
  const digits = fraction.slice(1).padEnd(3, '0');
  return writeDateTime(Number(whole) * 1_000 + Number(digits.slice(0, 3)), 0, digits.slice(3).replace(/0+$/, ''));
}
