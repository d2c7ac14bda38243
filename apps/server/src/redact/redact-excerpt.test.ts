import { REDACTED } from '@weft/connector-sdk';
import { expect, test } from 'vitest';
import { redactExcerpt } from './redact-excerpt.ts';

const excerptOf = (text: string, length = 1_024) => redactExcerpt(Buffer.from(text), length);

test('JSON is shown without what stands under the names of secrets, at any depth', () => {
  expect(excerptOf('{"user":"ada","login":[{"password":"hunter2"}],"token":{"a":"b"}}')).toBe(
    `{"user":"ada","login":[{"password":"${REDACTED}"}],"token":"${REDACTED}"}`,
  );
});

test('JSON without secrets is shown as it came', () => {
  expect(excerptOf('{ "user": "ada",\n  "total": 12.50 }')).toBe('{ "user": "ada",\n  "total": 12.50 }');
});

test.each([
  ['broken', '{"user":"ada","api_key" : "k\\"1", "order": '],
  ['cut within the secret', '{"user":"ada","password":"hunter2 and'],
  ['a number', '{"user":"ada","passphrase":4711,'],
  ['too long to parse', `{"user":"ada","password":"hunter2","text":"${'x'.repeat(100_000)}"}`],
  ['a form', 'user=ada&password=hunter2&line=1'],
])('what is no whole JSON hides what its names tell: %s', (_, text) => {
  expect(excerptOf(text)).toContain('ada');
  expect(excerptOf(text)).toContain(REDACTED);
  expect(excerptOf(text)).not.toMatch(/hunter2|k\\|4711/);
});

test('a secret across the end of the excerpt is hidden', () => {
  expect(excerptOf('{"password":"hunter2"}', 15)).not.toContain('hu');
});
