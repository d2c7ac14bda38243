import { defined, isObject, JsonTextError, parseJsonWithLimits, type Json } from '@weft/json-schema';
import { maskText } from '../mask.ts';
import { AuthError, RetryableError, TerminalError, type ConnectorError } from '../errors.ts';
import { declaredFailure } from '../declared-failure.ts';
import type { Failure, FailureKind } from '../descriptor.ts';
import type { HttpResponse } from '../runtime.ts';
import { charsetOf } from './content-kind.ts';
import { declaredText } from './declared-charset.ts';
import { isNothing, jsonTextIn, lenientTextIn, textIn, UnknownCharset } from './read-bytes.ts';

/**
 * A failing answer as the error that carries the decision. What the operation declares in `failures` decides; for what it says nothing of,
 * 401 is about the credentials, 408, 429 and 5xx are worth another try, and the rest is final. No try is made before what Retry-After asks
 * for. Secrets that the service repeats are masked.
 *
 * @returns undefined below 400, unless a declared failure matches by status and code.
 */
export function errorForAnswer(answer: HttpResponse): ConnectorError | undefined {
  const { status, failures = [] } = answer;
  const declared = declaredFailure(failures, { status, body: () => jsonIn(exactText(answer) ?? '') });
  if (declared === undefined && status < 400) return undefined;
  const { kind, isWorthAnotherTry, advice } = declared ? meaningOf(declared) : statusMeaning(status);
  const said = whatItSaid(answer);
  const message = `${hostOf(answer)} answered ${status}${said === '' ? '' : ` (${said})`}: ${advice}`;
  if (isWorthAnotherTry) return new RetryableError(message, defined({ kind, retryAfterMs: retryAfter(answer.headers['retry-after']) }));
  return kind === 'auth' ? new AuthError(message) : new TerminalError(message, { kind });
}

/**
 * The body as JSON; null where there is nothing: no bytes, or only blanks.
 * @param warn - called when its bytes are invalid in its character set.
 * @throws {TerminalError} of kind `contract_violation` when it is none, with how it begins.
 */
export function readJson(answer: HttpResponse, warn?: (sentence: string) => void): Json {
  if (isNothing(answer.body)) return null;
  const text = jsonTextIn(answer.body, knownCharset(charsetOf(answer.headers['content-type']))) ?? readText(answer, warn);
  try {
    return parseJsonWithLimits(text, { maxBytes: Number.POSITIVE_INFINITY });
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    const why = error.code === 'malformed' ? howItBegins(text) : error.message;
    throw new TerminalError(`The answer of ${hostOf(answer)} cannot be read as JSON. ${why}`, { kind: 'contract_violation', cause: error });
  }
}

/**
 * The body as text whatever it is, in the character set its content type names; UTF-8 where it names none that is known. What is no text
 * in it becomes U+FFFD.
 * @param warn - called when that happens.
 */
export function readText(answer: HttpResponse, warn?: (sentence: string) => void): string {
  const text = exactText(answer);
  if (text !== undefined) return text;
  warn?.(`The answer of ${hostOf(answer)} has bytes that are no text in its character set; “\ufffd” stands in their place.`);
  return lenientTextIn(answer.body, knownCharset(charsetOf(answer.headers['content-type'])));
}

/** The body as text; undefined where its bytes are none. Where nothing names its character set, XML and HTML may do so themselves. */
export function exactText({ headers, body }: HttpResponse): string | undefined {
  const contentType = headers['content-type'];
  const named = knownCharset(charsetOf(contentType));
  const text = textIn(body, named);
  return text ?? (named === undefined ? declaredText(body, contentType) : undefined);
}

/**
 * How long Retry-After asks to wait.
 * @returns milliseconds; undefined when the header is missing or not understood.
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfter(header: string | undefined, now = Date.now()): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
  // Date.parse also takes "-5" and other things that are no HTTP date.
  const at = /^[A-Z][a-z]{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

interface Meaning {
  kind: FailureKind;
  isWorthAnotherTry: boolean;
  advice: string;
}

const meaningOf = ({ kind, retry, userMessage }: Failure): Meaning => ({ kind, isWorthAnotherTry: retry !== 'never', advice: userMessage });

function statusMeaning(status: number): Meaning {
  const { kind, advice } = meanings[status] ?? (status >= 500
    ? { kind: 'upstream', advice: 'it failed on its side. Trying again later may help.' }
    : { kind: 'unknown', advice: 'it did not accept the request. Look at what was sent.' });
  return { kind, isWorthAnotherTry: kind === 'rate_limited' || kind === 'timeout' || kind === 'upstream', advice };
}

const unsupported = (advice: string) => ({ kind: 'unsupported' as const, advice });

const meanings: Record<number, { kind: FailureKind; advice: string }> = {
  400: { kind: 'invalid_input', advice: 'it did not understand the data. Compare the fields with what it expects.' },
  401: { kind: 'auth', advice: 'it wants credentials, or refused the ones it got. Choose a connection, or open it and enter them again.' },
  403: { kind: 'forbidden', advice: 'these credentials may not do this. Ask for the permission, or use another connection.' },
  404: { kind: 'not_found', advice: 'there is nothing at this address. Check the address and the ids in it.' },
  405: unsupported('this address does not take this method. Choose another method.'),
  406: unsupported('it cannot answer in the format that was asked for. Check the Accept header.'),
  408: { kind: 'timeout', advice: 'it gave up waiting. Trying again may help.' },
  409: { kind: 'conflict', advice: 'it is there already, or has changed meanwhile. Look at it in the service.' },
  410: { kind: 'not_found', advice: 'it was there once and is gone for good. Check the address.' },
  412: { kind: 'conflict', advice: 'it has changed meanwhile. Read it again first.' },
  413: { kind: 'invalid_input', advice: 'the data is too large for it. Send less at once.' },
  415: unsupported('it does not take this kind of body. Check how the body is sent.'),
  422: { kind: 'invalid_input', advice: 'it did not accept the data. Compare the fields with what it expects.' },
  425: { kind: 'upstream', advice: 'it wants the request again later.' },
  429: { kind: 'rate_limited', advice: 'it asks to slow down.' },
  501: unsupported('it cannot do this.'),
  504: { kind: 'timeout', advice: 'something behind it did not answer in time. Trying again may help.' },
};

const maxSaid = 200;

/** The sentence of the service itself, where its JSON has one in a usual place; else how its text begins. */
function whatItSaid(answer: HttpResponse): string {
  const type = answer.headers['content-type'] ?? '';
  if (answer.body.length === 0 || !/json|text\/plain/i.test(type)) return '';
  const text = readText(answer);
  const said = /json/i.test(type) ? (sentenceIn(text) ?? text) : text;
  // Before it is cut: the mask would not find half a secret.
  return excerpt(maskText(said, answer.secrets ?? []), maxSaid);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function sentenceIn(text: string): string | undefined {
  const value = jsonIn(text);
  const within = isObject(value) && isObject(value['error'] ?? null) ? value['error'] : value;
  if (!isObject(within)) return undefined;
  const found = ['message', 'detail', 'error_description', 'error', 'title'].map((key) => within[key]).find((item) => typeof item === 'string' && item !== '');
  return typeof found === 'string' ? found : undefined;
}

const howItBegins = (text: string): string => `It begins with "${excerpt(text, 60)}".`;

function excerpt(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}

function hostOf({ url }: HttpResponse): string {
  return URL.parse(url)?.host ?? 'The service';
}

/** An unknown label is a mistake of the server; the bytes are most likely UTF-8. */
function knownCharset(label: string | undefined): string | undefined {
  try {
    if (label !== undefined) textIn(new Uint8Array(), label);
    return label;
  } catch (error) {
    if (error instanceof UnknownCharset) return undefined;
    throw error;
  }
}
