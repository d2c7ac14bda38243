import { JsonTextError, type Json, type JsonObject, parseJsonWithLimits } from '@weft/json-schema';
import { Refusal } from './refusal.ts';

const maxFields = 10_000;

/**
 * The body of a call as the flow sees it: JSON as it is, forms as an object (a repeated field becomes a list), everything
 * else as text; null where there is none.
 * @throws {Refusal} with the reason that is kept under the flow's rejected calls.
 */
export function incomingBody(bytes: Buffer, contentType: string | undefined, limitBytes: number): Json {
  if (bytes.length === 0) return null;
  const type = mediaType(contentType);
  if (type.startsWith('multipart/')) {
    throw new Refusal(415, 'unsupported_content', 'File uploads (multipart) are not understood here. Send JSON, a form or text.');
  }
  const text = decoded(bytes, contentType);
  if (type === 'application/json' || type.endsWith('+json')) return json(text, limitBytes);
  if (type === 'application/x-www-form-urlencoded') return fields(text);
  return text;
}

/** In the character set that the sender names; UTF-8 where nothing is said. */
function decoded(bytes: Buffer, contentType = ''): string {
  const [, charset = 'utf-8'] = /;\s*charset="?([^";\s]+)/i.exec(contentType) ?? [];
  if (/^utf-?8$/i.test(charset)) return bytes.toString('utf8', hasByteOrderMark(bytes) ? 3 : 0);
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Refusal(415, 'unsupported_content', `The character set “${charset.slice(0, 40)}” is not known here. Send the body in UTF-8.`);
  }
}

/** What stands behind the `?`; a repeated name becomes one text with commas, as with headers. */
export function incomingQuery(text: string): JsonObject {
  const query: JsonObject = {};
  for (const [name, value] of pairs(text)) query[name] = Object.hasOwn(query, name) ? `${String(query[name])}, ${value}` : value;
  return query;
}

function fields(text: string): JsonObject {
  const result: JsonObject = {};
  for (const [name, value] of pairs(text)) {
    const earlier = Object.hasOwn(result, name) ? result[name] : undefined;
    if (earlier === undefined) result[name] = value;
    else if (Array.isArray(earlier)) earlier.push(value);
    else result[name] = [earlier, value];
  }
  return result;
}

function pairs(text: string): URLSearchParams {
  const parameters = new URLSearchParams(text);
  if (parameters.size > maxFields) throw new Refusal(400, 'too_many_fields', `The call has more than ${maxFields} fields. Send fewer.`);
  if (parameters.has('__proto__')) throw new Refusal(400, 'refused_field', 'A field named __proto__ is not accepted. Rename the field.');
  return parameters;
}

function json(text: string, limitBytes: number): Json {
  try {
    return parseJsonWithLimits(text, { maxBytes: limitBytes, maxDepth: 200 });
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    throw new Refusal(error.code === 'too_large' ? 413 : 400, error.code === 'malformed' ? 'malformed_json' : error.code, error.message);
  }
}

function mediaType(contentType: string | undefined): string {
  if (contentType === undefined || contentType === 'application/json') return contentType ?? '';
  const end = contentType.indexOf(';');
  return (end === -1 ? contentType : contentType.slice(0, end)).trim().toLowerCase();
}

const hasByteOrderMark = (bytes: Buffer): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
