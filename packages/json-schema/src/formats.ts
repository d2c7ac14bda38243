import type { SentenceRef } from '@weft/sentences';
import { readMailbox } from './mailbox.ts';
import { canCompile } from './pattern.ts';
import { part } from './sentences.en.ts';

/** A format as both validators apply it: to values of one type only; anything else passes. */
export interface FormatCheck {
  type: 'string' | 'number';
  test(value: never): boolean;
  /** Ends the sentence "must be …". */
  wanted: SentenceRef;
  /** What is wrong with a value that it refuses, behind that sentence; undefined where there is no more to say. */
  why?(value: never): SentenceRef | undefined;
}

/**
 * The one table of formats. A name that is not in it is an annotation and is not checked.
 * @see https://json-schema.org/draft/2020-12/json-schema-validation#section-7.3
 */
export const formats: ReadonlyMap<string, FormatCheck> = new Map<string, FormatCheck>([
  ['date', text(isDate, part('schema.format.date'))],
  ['time', text(isTime, part('schema.format.time'))],
  ['date-time', text(isDateTime, part('schema.format.dateTime'))],
  ['duration', text(isDuration, part('schema.format.duration'))],
  ['email', text(isEmail, part('schema.format.email'))],
  ['mailbox', text((value) => readMailbox(value) !== undefined, part('schema.format.mailbox'))],
  ['hostname', text(isHostname, part('schema.format.hostname'))],
  ['ipv4', text(isIpv4, part('schema.format.ipv4'))],
  ['ipv6', text(isIpv6, part('schema.format.ipv6'))],
  ['uri', { ...text(isUri, part('schema.format.uri')), why: wrongInUri }],
  ['uri-reference', text(isUriReference, part('schema.format.uriReference'))],
  ['uuid', text(isUuid, part('schema.format.uuid'))],
  ['json-pointer', text((value) => /^(?:\/(?:[^~/]|~[01])*)*$/.test(value), part('schema.format.jsonPointer'))],
  ['regex', text(canCompile, part('schema.format.regex'))],
  ['timezone', text(isTimezone, part('schema.format.timezone'))],
  ['int32', number((value) => Number.isInteger(value) && Math.abs(value + 0.5) <= 2 ** 31, part('schema.format.int32'))],
  ['int64', number(Number.isInteger, part('schema.format.int64'))],
]);

/** Whether this is the name of a zone that the runtime knows: `Europe/Berlin`, `UTC`. */
export function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (refused) {
    if (refused instanceof RangeError) return false;
    throw refused;
  }
}

/** A calendar date: 31 February is refused. */
export function isDate(value: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** RFC 3339, zone included: a date-time without a zone is not a point in time. */
export function isDateTime(value: string): boolean {
  return value.length <= 64 && /^.{10}[Tt ]/.test(value) && isDate(value.slice(0, 10)) && isTime(value.slice(11));
}

export function isEmail(value: string): boolean {
  if (value.length > 254) return false;
  const at = value.lastIndexOf('@');
  const [local, domain] = [value.slice(0, at), value.slice(at + 1)];
  return (
    at > 0 &&
    local.length <= 64 &&
    /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u.test(local) &&
    domain.includes('.') &&
    isHostname(domain)
  );
}

export function isUri(value: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(value) && isPercentEncoded(value);
}

/** Which character an address cannot have, and where. */
function wrongInUri(value: string): SentenceRef | undefined {
  if (!/^[a-z][a-z0-9+.-]*:./i.test(value)) return part('schema.uri.scheme');
  const at = value.search(/[\s<>"{}|\\^`]|%(?![0-9a-f]{2})/i);
  const sign = value[at];
  if (sign === undefined) return undefined;
  const isAtEnd = /^\s*$/.test(value.slice(at));
  return part(isAtEnd ? 'schema.uri.signAtEnd' : 'schema.uri.sign', { sign: nameOf(sign), at: at + 1 });
}

function nameOf(sign: string): SentenceRef {
  if (sign === ' ') return part('schema.sign.blank');
  if (sign === '\n' || sign === '\r') return part('schema.sign.lineEnd');
  if (sign === '%') return part('schema.sign.percent');
  return /\s/.test(sign) ? part('schema.sign.invisible') : part('schema.sign', { sign });
}

export function isUuid(value: string): boolean {
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value);
}

function isTime(value: string): boolean {
  const match = /^(\d\d):(\d\d):(\d\d)(?:\.\d{1,20})?(?:[Zz]|([+-])(\d\d):(\d\d))$/.exec(value);
  if (!match) return false;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const [zoneHour, zoneMinute] = [Number(match[5] ?? 0), Number(match[6] ?? 0)];
  return hour <= 23 && minute <= 59 && second <= 59 && zoneHour <= 23 && zoneMinute <= 59;
}

function isDuration(value: string): boolean {
  return (
    value.length <= 64 &&
    /^P(?!$)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?)$/.test(value)
  );
}

function isHostname(value: string): boolean {
  return value.length <= 253 && value.split('.').every(isHostLabel);
}

function isHostLabel(label: string): boolean {
  return label.length >= 1 && label.length <= 63 && /^[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?$/u.test(label);
}

function isIpv4(value: string): boolean {
  const parts = value.split('.');
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

function isIpv6(value: string): boolean {
  if (value.length > 45) return false;
  const halves = value.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const embedsIpv4 = last.includes('.') && isIpv4(last) && !value.endsWith('::');
  const hex = embedsIpv4 ? groups.slice(0, -1) : groups;
  const count = hex.length + (embedsIpv4 ? 2 : 0);
  return hex.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) && (halves.length === 2 ? count <= 7 : count === 8);
}

function isUriReference(value: string): boolean {
  return /^[^\s<>"{}|\\^`]*$/.test(value) && isPercentEncoded(value);
}

function isPercentEncoded(value: string): boolean {
  return !/%(?![0-9a-f]{2})/i.test(value);
}

function daysInMonth(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

function text(test: (value: string) => boolean, wanted: SentenceRef): FormatCheck {
  return { type: 'string', test, wanted };
}

function number(test: (value: number) => boolean, wanted: SentenceRef): FormatCheck {
  return { type: 'number', test, wanted };
}
