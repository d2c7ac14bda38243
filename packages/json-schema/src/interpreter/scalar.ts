import type { SentenceRef } from '@weft/sentences';
import { formats } from '../formats.ts';
import { isMultipleOf } from '../multiple-of.ts';
import { isTooLongForPattern, matchesPattern } from '../pattern.ts';
import type { JsonSchema } from '../schema.ts';
import { issue, type Place } from './place.ts';
import { part } from '../sentences.en.ts';

export function checkText(schema: JsonSchema, value: string, place: Place): void {
  if (schema.minLength !== undefined || schema.maxLength !== undefined) {
    const length = characters(value);
    if (schema.minLength !== undefined && length < schema.minLength) {
      issue(place, 'minLength', schema.minLength === 1 ? part('schema.notEmpty') : part('schema.minLength', { count: schema.minLength }));
    }
    if (schema.maxLength !== undefined && length > schema.maxLength) {
      issue(place, 'maxLength', part('schema.maxLength', { count: schema.maxLength }));
    }
  }
  if (schema.pattern !== undefined && !matchesPattern(schema.pattern, value)) {
    issue(place, 'pattern', isTooLongForPattern(schema.pattern, value) ? part('schema.pattern.tooLong') : patternSentence(schema));
  }
  checkFormat(schema, value, place);
}

/** An example is easier to understand than a pattern. */
function patternSentence({ pattern = '', examples = [] }: JsonSchema): SentenceRef {
  const example = examples.find((entry) => typeof entry === 'string' || typeof entry === 'number');
  return example === undefined ? part('schema.pattern', { pattern }) : part('schema.pattern.example', { example });
}

export function checkNumber(schema: JsonSchema, value: number, place: Place): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (typeof minimum === 'number' && value < minimum) issue(place, 'minimum', part('schema.minimum', { limit: minimum }));
  if (typeof maximum === 'number' && value > maximum) issue(place, 'maximum', part('schema.maximum', { limit: maximum }));
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum) {
    issue(place, 'exclusiveMinimum', part('schema.exclusiveMinimum', { limit: exclusiveMinimum }));
  }
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum) {
    issue(place, 'exclusiveMaximum', part('schema.exclusiveMaximum', { limit: exclusiveMaximum }));
  }
  if (multipleOf !== undefined && !isMultipleOf(value, multipleOf)) {
    issue(place, 'multipleOf', part('schema.multipleOf', { divisor: multipleOf }));
  }
  checkFormat(schema, value, place);
}

function checkFormat(schema: JsonSchema, value: string | number, place: Place): void {
  const format = schema.format === undefined ? undefined : formats.get(schema.format);
  // The cast is what the table promises: `test` takes the type that `type` names.
  if (format && format.type === typeof value && !format.test(value as never)) {
    const why = format.why?.(value as never);
    const { wanted } = format;
    issue(place, 'format', why === undefined ? part('schema.format', { wanted }) : part('schema.format.because', { wanted, why }));
  }
}

/** Code points, as JSON Schema counts, so that an emoji is one. */
function characters(value: string): number {
  let count = 0;
  for (let index = 0; index < value.length; index += 1) {
    const unit = value.charCodeAt(index);
    const isPair = unit >= 0xd800 && unit <= 0xdbff && (value.charCodeAt(index + 1) & 0xfc00) === 0xdc00;
    if (isPair) index += 1;
    count += 1;
  }
  return count;
}
