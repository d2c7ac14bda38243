import { abs } from './abs.ts';
import { addDuration } from './add-duration.ts';
import { add } from './add.ts';
import { and } from './and.ts';
import { atLeast } from './at-least.ts';
import { atMost } from './at-most.ts';
import { average } from './average.ts';
import { ceil } from './ceil.ts';
import { concat } from './concat.ts';
import { contains } from './contains.ts';
import { convertZone } from './convert-zone.ts';
import { count } from './count.ts';
import { dateDiff } from './date-diff.ts';
import { datePart } from './date-part.ts';
import { defaultTo } from './default.ts';
import type { MappingFunction } from './define-function.ts';
import { distinct } from './distinct.ts';
import { divide } from './divide.ts';
import { encodeUrl } from './encode-url.ts';
import { endsWith } from './ends-with.ts';
import { equals } from './equals.ts';
import { exists } from './exists.ts';
import { first } from './first.ts';
import { floor } from './floor.ts';
import { formatDate } from './format-date.ts';
import { formatNumber } from './format-number.ts';
import { greaterThan } from './greater-than.ts';
import { hash } from './hash.ts';
import { includes } from './includes.ts';
import { isEmpty } from './is-empty.ts';
import { itemAt } from './item-at.ts';
import { join } from './join.ts';
import { last } from './last.ts';
import { lessThan } from './less-than.ts';
import { lookup } from './lookup.ts';
import { lower } from './lower.ts';
import { matches } from './matches.ts';
import { max } from './max.ts';
import { min } from './min.ts';
import { modulo } from './modulo.ts';
import { multiply } from './multiply.ts';
import { notEquals } from './not-equals.ts';
import { not } from './not.ts';
import { now } from './now.ts';
import { or } from './or.ts';
import { pad } from './pad.ts';
import { parseDate } from './parse-date.ts';
import { parseJson } from './parse-json.ts';
import { parseXml } from './parse-xml.ts';
import { pluck } from './pluck.ts';
import { replacePattern } from './replace-pattern.ts';
import { replace } from './replace.ts';
import { round } from './round.ts';
import { sort } from './sort.ts';
import { split } from './split.ts';
import { startOf } from './start-of.ts';
import { startsWith } from './starts-with.ts';
import { substring } from './substring.ts';
import { subtract } from './subtract.ts';
import { sum } from './sum.ts';
import { textAfter } from './text-after.ts';
import { textBefore } from './text-before.ts';
import { toBoolean } from './to-boolean.ts';
import { toInteger } from './to-integer.ts';
import { toJson } from './to-json.ts';
import { toNumber } from './to-number.ts';
import { toText } from './to-text.ts';
import { trim } from './trim.ts';
import { upper } from './upper.ts';
import { uuid } from './uuid.ts';
import { writeXml } from './write-xml.ts';

export type { FunctionCategory, FunctionExample, FunctionParameter, MappingFunction, ValueKind } from './define-function.ts';

/** Every function of the mapping language, in the order in which a list for people shows them. */
export const functions: Readonly<Record<string, MappingFunction>> = {
  // Text
  concat, join, split, substring, textBefore, textAfter, replace, replacePattern, matches, contains, startsWith, endsWith, upper, lower, trim, pad,
  // Number
  add, subtract, multiply, divide, modulo, round, ceil, floor, abs, min, max,
  // Convert
  toText, toNumber, toInteger, toBoolean, formatNumber, parseJson, toJson, parseXml, writeXml, encodeUrl,
  // Date
  now, parseDate, formatDate, addDuration, dateDiff, convertZone, datePart, startOf,
  // Logic
  and, or, not, equals, notEquals, greaterThan, atLeast, lessThan, atMost, isEmpty, exists, default: defaultTo,
  // List
  count, sum, average, first, last, itemAt, includes, pluck, sort, distinct,
  // Other
  lookup, uuid, hash,
};

/** The function of this name; nothing that objects inherit is one. */
export function functionNamed(name: string): MappingFunction | undefined {
  return Object.hasOwn(functions, name) ? functions[name] : undefined;
}
