import { InputError, type Json } from '@weft/connector-sdk';

/**
 * Whether an item's number or time is at `since`, or behind it. Times are compared as moments, however each of them is written: with an offset,
 * as in mails, or counted in seconds or milliseconds since 1970. One without a zone is in UTC.
 * @throws {InputError} where the two are no values of one kind.
 */
export function isFrom(value: Json | undefined, since: string): boolean {
  if (value === undefined || value === null) return false;
  const from = since.trim();
  const number = numberOf(value);
  if (isNumber(from) && number !== undefined) return number >= Number(from);
  const moment = momentIn(from);
  const other = typeof value === 'string' && !isNumber(value) ? momentIn(value) : number === undefined ? undefined : sinceEpoch(number);
  if (moment !== undefined && other !== undefined) return other >= moment;
  if (typeof value === 'string' && moment === undefined && other === undefined && !isNumber(from) && number === undefined) return value >= from;
  throw new InputError(
    ['config', 'sinceField'],
    `“${since}” cannot be compared with ${JSON.stringify(value).slice(0, 60)}, which an item has there. Choose another field, or write the value as the items do.`,
  );
}

const isNumber = (text: string): boolean => /^\s*-?\d+(?:\.\d+)?\s*$/.test(text);

function numberOf(value: Json): number | undefined {
  if (typeof value === 'string') return isNumber(value) ? Number(value) : undefined;
  return typeof value === 'number' ? value : undefined;
}

const dated = /^\d{4}-\d\d-\d\d(?:$|[T ])|^(?:[A-Z][a-z]{2},? )/;
const zoned = /(?:Z|[+-]\d\d:?\d\d|GMT|UTC)(?: \d{4})?$/i;

function momentIn(text: string): number | undefined {
  if (!dated.test(text)) return undefined;
  const moment = Date.parse(zoned.test(text) || /^\d{4}-\d\d-\d\d$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(moment) ? undefined : moment;
}

/** In seconds up to the year 5138, in milliseconds behind that; smaller numbers than those of 2001 are ids, or days without their points. */
function sinceEpoch(count: number): number | undefined {
  if (count < 1e9) return undefined;
  return count < 1e11 ? count * 1000 : count;
}
