import { describe, expect, test } from 'vitest';
import type { Failure } from '../descriptor.ts';
import { AuthError, RetryableError, TerminalError } from '../errors.ts';
import { REDACTED } from '../mask.ts';
import { errorForAnswer, readJson, readText, retryAfter } from './answers.ts';

const answer = (status: number, body = '', headers: Record<string, string> = {}) => ({
  status,
  headers,
  url: 'https://api.example.com/orders?key=canary',
  body: new TextEncoder().encode(body),
});

describe('a failing status as an error', () => {
  test.each([200, 204, 302, 399])('%i is none', (status) => {
    expect(errorForAnswer(answer(status))).toBeUndefined();
  });

  test.each([
    [400, TerminalError, 'invalid_input'],
    [401, AuthError, 'auth'],
    [403, TerminalError, 'forbidden'],
    [404, TerminalError, 'not_found'],
    [405, TerminalError, 'unsupported'],
    [408, RetryableError, 'timeout'],
    [409, TerminalError, 'conflict'],
    [410, TerminalError, 'not_found'],
    [418, TerminalError, 'unknown'],
    [422, TerminalError, 'invalid_input'],
    [425, RetryableError, 'upstream'],
    [429, RetryableError, 'rate_limited'],
    [500, RetryableError, 'upstream'],
    [501, TerminalError, 'unsupported'],
    [503, RetryableError, 'upstream'],
    [504, RetryableError, 'timeout'],
    [599, RetryableError, 'upstream'],
  ])('%i', (status, type, kind) => {
    const error = errorForAnswer(answer(status));
    expect(error).toBeInstanceOf(type);
    expect(error?.kind).toBe(kind);
    expect(error?.message).toMatch(new RegExp(`^api\\.example\\.com answered ${status}: .*\\.$`));
  });

  test('never shows the query of the address', () => {
    expect(errorForAnswer(answer(404))?.message).not.toContain('canary');
  });

  test.each([
    ['{"message":"No such order"}', 'application/json', 'No such order'],
    ['{"error":{"message":"No such order"}}', 'application/json', 'No such order'],
    ['{"error":"No such order"}', 'application/json', 'No such order'],
    ['{"title":"Not found","detail":"No such order"}', 'application/problem+json', 'No such order'],
    ['No such\n order', 'text/plain', 'No such order'],
    ['{"odd":1}', 'application/json', '{"odd":1}'],
    ['not json', 'application/json', 'not json'],
  ])('repeats what the service says: %s', (body, type, said) => {
    expect(errorForAnswer(answer(404, body, { 'content-type': type }))?.message).toContain(`404 (${said}):`);
  });

  test('shows no page of HTML, and no more than a line', () => {
    expect(errorForAnswer(answer(502, '<html>', { 'content-type': 'text/html' }))?.message).toContain('answered 502:');
    expect(errorForAnswer(answer(400, 'x'.repeat(5000), { 'content-type': 'text/plain' }))?.message.length).toBeLessThan(400);
  });

  test('hides secrets that the service repeats', () => {
    const refused = answer(401, '{"message":"bad key sk-canary-1 (sk-canary-1)"}', { 'content-type': 'application/json' });
    expect(errorForAnswer({ ...refused, secrets: ['sk-canary-1'] })?.message).toContain(`bad key ${REDACTED} (${REDACTED})`);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-03-01T12:00:00Z');

  test.each([
    ['7', 7000],
    ['0', 0],
    [' 2 ', 2000],
    ['Sun, 01 Mar 2026 12:00:30 GMT', 30_000],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    [undefined, undefined],
  ])('%s → %s', (header, waitMs) => {
    expect(retryAfter(header, now)).toBe(waitMs);
  });

  test('reaches the error', () => {
    expect(errorForAnswer(answer(429, '', { 'retry-after': '7' }))).toMatchObject({ retryAfterMs: 7000 });
  });
});

describe('a body', () => {
  test('is read as JSON with every digit', () => {
    expect(readJson(answer(200, '{"id":12345678901234567890}'))).toEqual({ id: '12345678901234567890' });
  });

  test.each(['', ' \r\n', '\ufeff', '\ufeff\n', 'null'])('that is nothing is null: %j', (body) => {
    expect(readJson(answer(200, body))).toBeNull();
  });

  test.each([
    ['<h1>Sign in</h1>', 'It begins with "<h1>Sign in</h1>".'],
    [`${'['.repeat(100)}${']'.repeat(100)}`, 'nested'],
  ])('that is no JSON is named: %s', (body, said) => {
    expect(() => readJson(answer(200, body))).toThrow(said);
  });

  test('is read in its character set', () => {
    expect(readText({ ...answer(200, '', { 'content-type': 'text/plain; charset="ISO-8859-1"' }), body: Uint8Array.of(0xe4) })).toBe('ä');
  });
});

describe('what the operation declares decides', () => {
  const declares = (...failures: Failure[]) => (status: number, body = '', headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    errorForAnswer({ ...answer(status, body, headers), failures });

  test('about the kind, the sentence and whether to try again', () => {
    const failed = declares({ kind: 'not_found', match: { status: '422' }, retry: 'backoff', userMessage: 'The order is not there yet. Weft tries again.' });
    expect(failed(422)).toBeInstanceOf(RetryableError);
    expect(failed(422)).toMatchObject({
      kind: 'not_found',
      message: 'api.example.com answered 422: The order is not there yet. Weft tries again.',
    });
    expect(failed(429), 'nothing is declared of it').toMatchObject({ kind: 'rate_limited' });
  });

  test('against what the status usually means: a 503 that is final, a 401 that is none of credentials', () => {
    const failed = declares(
      { kind: 'unsupported', match: { status: '503' }, retry: 'never', userMessage: 'The shop is closed.' },
      { kind: 'conflict', match: { status: '401' }, retry: 'after', userMessage: 'Somebody else is signed in.' },
    );
    expect(failed(503)).toBeInstanceOf(TerminalError);
    expect(failed(401, '', { 'retry-after': '7' })).toMatchObject({ kind: 'conflict', retryable: true, retryAfterMs: 7000 });
  });

  test.each([
    ['{"error":"channel_not_found","ok":false}', 'not_found'],
    ['{"error":{"code":"channel_not_found"}}', 'not_found'],
    ['{"errors":[{"code":"channel_not_found"}]}', 'not_found'],
    ['{"code":4711}', 'conflict'],
    ['{"channel":"channel_not_found"}', undefined],
    ['[]', undefined],
    ['', undefined],
    ['no JSON', undefined],
  ])('of services that answer 200 to everything it is the code that tells: %s', (body, kind) => {
    const failed = declares(
      { kind: 'not_found', match: { status: '200', code: 'channel_not_found' }, retry: 'never', userMessage: 'There is no such channel.' },
      { kind: 'conflict', match: { status: '2xx', code: '4711' }, retry: 'never', userMessage: 'It is there already.' },
    );
    expect(failed(200, body)?.kind).toBe(kind);
  });

  test('the most exact one: a code before a status, a status before its class, whatever their order', () => {
    const failed = declares(
      { kind: 'upstream', match: { status: '5xx' }, retry: 'backoff', userMessage: 'It failed.' },
      { kind: 'timeout', match: { status: '408,504' }, retry: 'backoff', userMessage: 'It was slow.' },
      { kind: 'conflict', match: { code: 'locked' }, retry: 'never', userMessage: 'It is locked.' },
    );
    expect([failed(500), failed(504), failed(504, '{"code":"locked"}'), failed(418)].map((error) => error?.kind)).toEqual([
      'upstream', 'timeout', 'conflict', 'unknown',
    ]);
    expect(failed(200, '{"code":"locked"}'), 'a code alone counts from 400 on').toBeUndefined();
  });
});
