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
  const { depth, mayLoseDigits } = survey(text, maxDepth);
  if (depth > maxDepth) {
    throw new JsonTextError('too_deep', `The JSON is nested more than ${maxDepth} levels deep. Send a flatter document.`);
  }
  const value = mayLoseDigits ? parse(text, keepDigits) : parse(text);
  // The key may hide behind an escape, so only a text with neither is known to be clean.
  if ((text.includes('__proto__') || text.includes('\\u')) && hasProtoKey(value)) {
    throw new JsonTextError('refused_key', 'The JSON has a field named __proto__, which is not accepted. Rename the field.');
  }
  return value;
}

/** What a person typed as JSON; undefined while it is none yet, and why where it is JSON that is not accepted. */
export function typedJson(text: string): { value: Json } | { refused: string } | undefined {
  try {
    return { value: parseJsonWithLimits(text, { maxDepth: 200 }) };
  } catch (refused) {
    if (!(refused instanceof JsonTextError)) throw refused;
    return refused.code === 'malformed' ? undefined : { refused: refused.message };
  }
}

type Reviver = (this: unknown, key: string, value: unknown, context?: { source?: string }) => unknown;

function parse(text: string, reviver?: Reviver): Json {
  try {
    // A reviver of ours puts JSON in the place of JSON.
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

/** Whether a text is a number of JSON that a double cannot hold without losing digits: what such a number becomes when it is read. */
export function isExactNumber(text: string): boolean {
  if (text.length > maxNumberLength || !/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) return false;
  const number = Number(text);
  return !Number.isFinite(number) || significant(String(number)) !== significant(text);
}

/** Longer ones are kept as texts: they are identifiers rather than quantities. */
const maxNumberLength = 200;

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

interface Survey {
  /** Nesting of brackets, counted until it passes what is allowed. */
  depth: number;
  /** Some number has sixteen or more digits, or an exponent: a reviver must look, which costs five times a plain parse. */
  mayLoseDigits: boolean;
}

/** One look at the text before it is parsed, outside of strings; written as one flat loop for its speed. */
function survey(text: string, maxDepth: number): Survey {
  let open = 0;
  let depth = 0;
  let digits = 0;
  let mayLoseDigits = false;
  for (let index = 0; index < text.length && depth <= maxDepth; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit >= point && unit <= nine) {
      digits += 1;
      if (digits === 16) mayLoseDigits = true;
      continue;
    }
    // After a digit an E is an exponent; elsewhere it belongs to true or false.
    if (digits > 0 && (unit === smallE || unit === bigE)) mayLoseDigits = true;
    digits = 0;
    if (unit === quote) index = endOfString(text, index);
    else if (unit === openBrace || unit === openBracket) depth = Math.max(depth, (open += 1));
    else if (unit === closeBrace || unit === closeBracket) open -= 1;
  }
  return { depth, mayLoseDigits };
}

function endOfString(text: string, start: number): number {
  let index = start + 1;
  for (let unit = text.charCodeAt(index); index < text.length && unit !== quote; unit = text.charCodeAt(index)) {
    index += unit === backslash ? 2 : 1;
  }
  return index;
}

function hasProtoKey(value: Json): boolean {
  if (Array.isArray(value)) return value.some(hasProtoKey);
  if (!isObject(value)) return false;
  return Object.keys(value).some((key) => key === '__proto__' || hasProtoKey(value[key] ?? null));
}

const [quote, backslash] = [0x22, 0x5c];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];
const [point, nine, smallE, bigE] = [0x2e, 0x39, 0x65, 0x45];
