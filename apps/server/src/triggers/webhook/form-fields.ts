import { textIn, UnknownCharset } from '@weft/connector-sdk/author';
import type { Json, JsonObject } from '@weft/json-schema';
import { Refusal } from './refusal.ts';

const maxFields = 10_000;

export interface FieldsOptions {
  /** The character set that bytes and escapes are in. Default UTF-8. */
  charset?: string | undefined;
  /** Names whose value is a list however often they come. */
  lists?: ReadonlySet<string> | undefined;
}

/**
 * Names and values as forms and queries write them: `a=1&b=x%20y`. A name that comes several times is a list of its values.
 * @param text - as it came, byte for byte (Latin-1). Nothing is lost: an escape that is no text in the character set stays as it is written.
 * @throws {UnknownCharset}
 * @throws {Refusal}
 */
export function formFields(text: string, { charset, lists }: FieldsOptions = {}): JsonObject {
  const { fields, isWhole } = fieldsIn(text, charset);
  const named = isWhole || charset !== undefined ? undefined : charsetField(fields);
  const read = named === undefined ? fields : fieldsIn(text, named).fields;
  return lists ? withLists(read, lists) : read;
}

/** Where a content type says nothing, forms may name their character set in a field, and some senders of payments do. */
function charsetField(fields: JsonObject): string | undefined {
  const named = ['_charset_', 'charset'].map((name) => (Object.hasOwn(fields, name) ? fields[name] : undefined)).find((value) => typeof value === 'string');
  try {
    if (named !== undefined) textIn(new Uint8Array(), named);
    return named;
  } catch (error) {
    if (error instanceof UnknownCharset) return undefined;
    throw error;
  }
}

/** `isWhole`: each name and value is a text in the character set. */
function fieldsIn(text: string, charset: string | undefined): { fields: JsonObject; isWhole: boolean } {
  const fields: JsonObject = {};
  let isWhole = true;
  const read = (written: string): string => {
    const spaced = written.includes('+') ? written.replaceAll('+', ' ') : written;
    const found = textOf(spaced, charset);
    if (found === undefined) isWhole = false;
    return found ?? spaced;
  };
  let count = 0;
  for (let from = 0; from < text.length; ) {
    let end = text.indexOf('&', from);
    if (end === -1) end = text.length;
    if (end > from) {
      count += 1;
      if (count > maxFields) throw tooManyFields(maxFields);
      let equals = text.indexOf('=', from);
      if (equals === -1 || equals > end) equals = end;
      addField(fields, read(text.slice(from, equals)), read(text.slice(equals + 1, end)));
    }
    from = end + 1;
  }
  return { fields, isWhole };
}

/** The fields with a list of one where a list is expected and one value came. */
export function withLists(fields: JsonObject, lists: ReadonlySet<string>): JsonObject {
  for (const name of lists) {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (value !== undefined && !Array.isArray(value)) fields[name] = [value];
  }
  return fields;
}

export const tooManyFields = (max: number): Refusal => new Refusal(400, 'too_many_fields', `The call has more than ${max} fields. Send fewer.`);

/** The second value of a name makes a list of both. @throws {Refusal} */
export function addField(fields: JsonObject, name: string, value: Json): void {
  if (name === '__proto__') throw new Refusal(400, 'refused_field', 'A field named __proto__ is not accepted. Rename the field.');
  const earlier = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (earlier === undefined) fields[name] = value;
  else if (Array.isArray(earlier)) earlier.push(value);
  else fields[name] = [earlier, value];
}

/** @param written - Latin-1, one sign a byte. @returns undefined for bytes that are no text in the character set. */
function textOf(spaced: string, charset: string | undefined): string | undefined {
  if (!needsDecoding.test(spaced)) return spaced;
  const bytes = Buffer.from(spaced.replaceAll(/%([0-9a-f]{2})/gi, (_escape, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1');
  return textIn(bytes, charset);
}

const needsDecoding = /[%\x80-\xff]/;
