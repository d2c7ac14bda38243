import { REDACTED } from '@weft/connector-sdk';
import { type Json, JsonTextError, parseJsonWithLimits } from '@weft/json-schema';
import { isSecretName, redact, redactText } from './redact.ts';

/** Strangers decide how long a body is: a longer one is not parsed for the sake of its beginning. */
const maxParsedBytes = 64 << 10;

/** `"name": value`, also where the text ends within it. */
const jsonMember = /"([^"\\]{1,64})"(\s*:\s*)(?:"(?:[^"\\]|\\.)*"?|[^\s"{}[\],]+)/g;
const formField = /(^|[?&])([^=&\s]{1,64})=[^&\s]+/g;

/**
 * The beginning of a body that could not be read, without secrets: JSON by the names of its fields at any depth, anything else as far
 * as names stand directly before what they name.
 * @param maxLength - in characters.
 */
export function redactExcerpt(body: Buffer, maxLength: number): string {
  const text = body.subarray(0, maxParsedBytes).toString('utf8');
  const parsed = body.length > maxParsedBytes ? undefined : parsedJson(text);
  const redacted = redact(parsed);
  // Where there is nothing to hide it is shown as it came, with its spaces.
  const shown = redacted === parsed ? text : JSON.stringify(redacted);
  return redactText(withoutNamed(shown.slice(0, maxLength)));
}

function parsedJson(text: string): Json | undefined {
  try {
    return parseJsonWithLimits(text);
  } catch (error) {
    if (error instanceof JsonTextError) return undefined;
    throw error;
  }
}

const withoutNamed = (text: string): string =>
  text
    .replace(jsonMember, (whole, name: string, colon: string) => (isSecretName(name) ? `"${name}"${colon}"${REDACTED}"` : whole))
    .replace(formField, (whole, before: string, name: string) => (isSecretName(name) ? `${before}${name}=${REDACTED}` : whole));
