import { isObject, type Json } from './json.ts';

export interface JsonLimits {
  /** UTF-8 size of the text. Default 5_000_000. */
  maxBytes: number;
  /** Lists and objects inside each other. Default 64. */
  maxDepth: number;
}

export type JsonRefusal = 'malformed' | 'too_large' | 'too_deep' | 'refused_key';

/** JSON from outside that is not let in. The message is a sentence for the sender. */
export class JsonTextError extends Error {
  readonly code: JsonRefusal;

  constructor(code: JsonRefusal, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'JsonTextError';
    this.code = code;
  }
}

export function limitsOf(limits: Partial<JsonLimits> = {}): JsonLimits {
  return { maxBytes: limits.maxBytes ?? 5_000_000, maxDepth: limits.maxDepth ?? 64 };
}

/**
 * Parses JSON from outside. A number that a double cannot hold without losing digits becomes a decimal string.
 * @throws {JsonTextError} when the text is malformed, above the limits or has a `__proto__` key.
 */
export function parseJsonWithLimits(text: string, limits?: Partial<JsonLimits>): Json {
  const { maxBytes, maxDepth } = limitsOf(limits);
  if (isLarger(text, maxBytes)) {
    throw new JsonTextError('too_large', `The JSON is larger than ${maxBytes} bytes. Send less at once, or raise the limit.`);
  }
  if (depthOf(text, maxDepth) > maxDepth) {
    throw new JsonTextError('too_deep', `The JSON is nested more than ${maxDepth} levels deep. Send a flatter document.`);
  }
  const value = mayLoseDigits.test(text) ? parse(text, keepDigits) : parse(text);
  // The key may hide behind an escape, so only a text with neither is known to be clean.
  if ((text.includes('__proto__') || text.includes('\\u')) && hasProtoKey(value)) {
    throw new JsonTextError('refused_key', 'The JSON has a field named __proto__, which is not accepted. Rename the field.');
  }
  return value;
}

/** Cheap and never wrong on the safe side: a number token of 16 or more digits, or one with an exponent. */
const mayLoseDigits = /(?:^|[\s:,[])-?(?:[\d.]{16}|[\d.]+[eE])/;

type Reviver = (this: unknown, key: string, value: unknown, context?: { source?: string }) => unknown;

function parse(text: string, reviver?: Reviver): Json {
  try {
    return JSON.parse(text, reviver) as Json;
  } catch (malformed) {
    if (!(malformed instanceof SyntaxError)) throw malformed;
    throw new JsonTextError('malformed', `This is not valid JSON: ${malformed.message}`, { cause: malformed });
  }
}

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== 'number' || source === undefined) return value;
  return Number.isFinite(value) && significant(String(value)) === significant(source) ? value : source;
}

/** A number token without its spelling: digits and power of ten, so that 1.50e2 and 150 are the same. */
function significant(token: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(token) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  if (kept === '') return '0';
  return `${sign}${kept}e${Number(power) - fraction.length + digits.length - kept.length}`;
}

function isLarger(text: string, maxBytes: number): boolean {
  if (text.length > maxBytes) return true;
  return text.length * 3 > maxBytes && new TextEncoder().encode(text).length > maxBytes;
}

/** Nesting of brackets outside strings, counted until it passes `enough`. */
function depthOf(text: string, enough: number): number {
  if (text.length <= enough) return 0;
  let [depth, most] = [0, 0];
  for (let index = 0; index < text.length && most <= enough; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === quote) index = endOfString(text, index);
    else if (unit === openBrace || unit === openBracket) most = Math.max(most, (depth += 1));
    else if (unit === closeBrace || unit === closeBracket) depth -= 1;
  }
  return most;
}

function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}

function hasProtoKey(value: Json): boolean {
  if (Array.isArray(value)) return value.some(hasProtoKey);
  if (!isObject(value)) return false;
  return Object.keys(value).some((key) => key === '__proto__' || hasProtoKey(value[key] ?? null));
}

const [quote, backslash] = [0x22, 0x5c];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];
