import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '@weft/json-schema';
import { REDACTED } from '@weft/connector-sdk';
import { redact } from '../redact/redact.ts';
import { createSealedFields } from './sealed-fields.ts';

const sealed = createSealedFields('a key of this installation');
const names = ['password', 'X-Api-Key', 'client_secret', 'token', 'Authorization', 'connectionString', 'set-cookie', 'note', 'total', 'key', ''];

test('values under the names of secrets are not in what is written, whatever they are, and are there again when it is read', () => {
  const value = {
    user: 'ada',
    password: 'canary-1 "quoted\\" }],',
    headers: { 'X-Api-Key': 'canary-2', accept: '*/*' },
    list: [{ client_secret: 123456789012 }, { token: { nested: ['canary-3', { a: '}"' }] } }, { pässword: 'stays' }],
    after: 'the password: is "secret":',
    'a "token': 'x',
    empty: { password: '', token: null, secret: false },
    last: { secret: 'canary-4' },
  };
  const written = sealed.seal(JSON.stringify(value));
  expect(written).not.toMatch(/canary|123456789012/);
  expect(JSON.parse(written)).toMatchObject({ user: 'ada', after: value.after, empty: value.empty, list: [{}, {}, { pässword: 'stays' }] });
  expect(JSON.parse(sealed.open(written))).toEqual(value);
  // Whoever shows it without opening it shows nothing either.
  expect(redact(JSON.parse(written) as Json)).toMatchObject({ password: REDACTED, list: [{ client_secret: REDACTED }, { token: REDACTED }, {}] });
});

test('any JSON comes back as it was', () => {
  const json = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, fc.string({ unit: 'binary' }), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null), tie('list'), tie('object')),
    list: fc.array(tie('value'), { maxLength: 4 }),
    object: fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), tie('value'), { maxKeys: 5 }),
  })).value;
  fc.assert(
    fc.property(json, (value) => {
      const text = JSON.stringify(value);
      const written = sealed.seal(text);
      expect(() => JSON.parse(written) as unknown).not.toThrow();
      expect(sealed.open(written)).toBe(text);
    }),
    { numRuns: 500 },
  );
});

test('the same value is written alike, and what nothing is hidden in is the very same text', () => {
  const text = '{"password":"hunter2"}';
  expect(sealed.seal(text)).toBe(sealed.seal(text));
  expect(sealed.seal('{"name":"a","total":3}')).toBe('{"name":"a","total":3}');
});

test('what was changed, comes from elsewhere, or only looks like a seal stays as it is', () => {
  const written = sealed.seal('{"password":"hunter2","token":"t"}');
  expect(createSealedFields('another key').open(written)).toBe(written);
  const changed = written.replace(/.(?=","token)/, (last) => (last === 'A' ? 'B' : 'A'));
  expect(sealed.open(changed)).toBe(changed);
  const id = /sealed:([^:]{16}):/.exec(written)?.[1] ?? '';
  const imitations = { note: `\0sealed:${'A'.repeat(16)}:0:${'A'.repeat(60)}`, other: `\0sealed:${'A'.repeat(16)}:0`, password: `\0sealed:${id}:1` };
  const imitation = JSON.stringify(imitations);
  expect(sealed.open(sealed.seal(imitation))).toBe(imitation);
});

test('texts that are put together are read as one', () => {
  const [first, second] = ['{"password":"one","token":2}', '{"token":[3]}'];
  expect(sealed.open(`[${sealed.seal(first)},${sealed.seal(second)},${sealed.seal(first)}]`)).toBe(`[${first},${second},${first}]`);
});

test('every name of a secret is found, in all its spellings', () => {
  for (const name of [
    'authorization', 'Proxy-Authorization', 'COOKIE', 'passwd', 'passphrase', 'x_webhook_secret', 'APIKEY', 'private-key', 'id_token', 'token_', 'token-',
  ]) {
    expect(sealed.seal(JSON.stringify({ [name]: 'canary' }))).not.toContain('canary');
  }
});
