import { expect, test } from 'vitest';
import { REDACTED } from '@weft/connector-sdk';
import { redactSaid } from './redact-said.ts';
import { redact } from './redact.ts';

test('values under the names secrets have are hidden at any depth', () => {
  expect(
    redact({
      headers: { Authorization: 'Bearer abc', 'X-Api-Key': 'k', accept: '*/*' },
      list: [{ password: 'p', user: 'ada' }, { access_token: { nested: 'x' } }],
    }),
  ).toEqual({
    headers: { Authorization: REDACTED, 'X-Api-Key': REDACTED, accept: '*/*' },
    list: [{ password: REDACTED, user: 'ada' }, { access_token: REDACTED }],
  });
});

test('credentials inside texts are hidden, the rest of the text stays', () => {
  expect(redact('curl -H "authorization: Bearer eyJhbGciOiJIUzI1NiJ9.e30" https://ada:hunter2@example.com/x')).toBe(
    `curl -H "authorization: Bearer ${REDACTED}" https://ada:${REDACTED}@example.com/x`,
  );
  expect(redact('a bearer of news')).toBe('a bearer of news');
});

test('an empty secret and a flag with a secret name tell nothing and stay', () => {
  expect(redact({ password: '', token: null, secret: false })).toEqual({ password: '', token: null, secret: false });
});

test('what holds no secret is the very same object', () => {
  const value = { order: { lines: [{ sku: 'TEA' }], total: 3 } };
  expect(redact(value)).toBe(value);
});

test('the token of a webhook is hidden by the name of its header', () => {
  const headers = { 'x-webhook-token': 'a', 'X-Gitlab-Token': 'b', 'x-telegram-bot-api-secret-token': 'c', 'x-github-delivery': 'd' };
  expect(redact(headers)).toEqual({
    'x-webhook-token': REDACTED,
    'X-Gitlab-Token': REDACTED,
    'x-telegram-bot-api-secret-token': REDACTED,
    'x-github-delivery': 'd',
  });
});

test('an error is told without credentials, in English and in what other languages say it with', () => {
  const problem = 'is not https://ada:hunter2@example.com';
  const error = { kind: 'invalid_input' as const, message: `“url” ${problem}.`, sentence: { code: 'run.input.wrong', values: { where: '“url”', problem } } };
  expect(JSON.stringify(redactSaid(error))).not.toContain('hunter2');
  expect(redactSaid(error)).toMatchObject({ sentence: { code: 'run.input.wrong', values: { where: '“url”' } } });
});
