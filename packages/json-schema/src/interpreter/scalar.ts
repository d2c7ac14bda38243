import { formats } from '../formats.ts';
import { isMultipleOf } from '../multiple-of.ts';
import { matchesPattern } from '../pattern.ts';
import type { JsonSchema } from '../schema.ts';
import { issue, type Place } from './place.ts';

export function checkText(schema: JsonSchema, value: string, place: Place): void {
  if (schema.minLength !== undefined || schema.maxLength !== undefined) {
    const length = characters(value);
    if (schema.minLength !== undefined && length < schema.minLength) {
      issue(place, 'minLength', schema.minLength === 1 ? 'must not be empty' : `must have at least ${schema.minLength} characters`);
    }
    if (schema.maxLength !== undefined && length > schema.maxLength) {
      issue(place, 'maxLength', `must have at most ${schema.maxLength} characters`);
    }
  }
  if (schema.pattern !== undefined && !matchesPattern(schema.pattern, value)) {
    issue(place, 'pattern', patternSentence(schema));
  }
  checkFormat(schema, value, place);
}

/** An example tells people more than a pattern does. */
function patternSentence({ pattern, examples = [] }: JsonSchema): string {
  const example = examples.find((entry) => typeof entry === 'string' || typeof entry === 'number');
  return example === undefined ? `must match the pattern ${pattern}` : `must look like “${example}”`;
}

export function checkNumber(schema: JsonSchema, value: number, place: Place): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (typeof minimum === 'number' && value < minimum) issue(place, 'minimum', `must be at least ${minimum}`);
  if (typeof maximum === 'number' && value > maximum) issue(place, 'maximum', `must be at most ${maximum}`);
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum) {
    issue(place, 'exclusiveMinimum', `must be more than ${exclusiveMinimum}`);
  }
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum) {
    issue(place, 'exclusiveMaximum', `must be less than ${exclusiveMaximum}`);
  }
  if (multipleOf !== undefined && !isMultipleOf(value, multipleOf)) {
    issue(place, 'multipleOf', `must be a multiple of ${multipleOf}`);
  }
  checkFormat(schema, value, place);
}

function checkFormat(schema: JsonSchema, value: string | number, place: Place): void {
  const format = schema.format === undefined ? undefined : formats.get(schema.format);
  // The cast is what the table promises: `test` takes the type that `type` names.
  if (format && format.type === typeof value && !format.test(value as never)) {
    const why = format.why?.(value as never);
    issue(place, 'format', why === undefined ? `must be ${format.wanted}` : `must be ${format.wanted}: ${why}`);
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
