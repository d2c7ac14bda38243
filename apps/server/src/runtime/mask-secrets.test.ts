import { REDACTED } from '@weft/connector-sdk';
import { secretsOf } from '@weft/connector-sdk/auth';
import { expect, test } from 'vitest';
import { maskSecrets } from './mask-secrets.ts';

const secrets = secretsOf(
  {
    id: 'basic',
    kind: 'basic',
    title: 'User and password',
    fields: { type: 'object', properties: { username: { type: 'string' }, phrase: { type: 'string', 'x-secret': true } } },
  },
  { scheme: 'basic', config: { host: 'erp.example.com' }, credentials: { username: 'integration', phrase: 'open sesame' } },
);

test('a secret that comes back is masked wherever it stands, in the forms it travels in', () => {
  const basic = Buffer.from('integration:open sesame').toString('base64');
  expect(
    maskSecrets({ echo: ['you said open sesame', { 'open sesame': 1 }], sent: `Basic ${basic}`, url: 'https://x/?p=open%20sesame' }, secrets),
  ).toEqual({ echo: [`you said ${REDACTED}`, { [REDACTED]: 1 }], sent: `Basic ${REDACTED}`, url: `https://x/?p=${REDACTED}` });
});

test.each([
  ['base64', (token: string) => Buffer.from(token).toString('base64')],
  ['base64 of more than it', (token: string) => ['', '1', '12'].map((before) => Buffer.from(`${before}${token}, and so on`).toString('base64')).join(' ')],
  ['base64 for addresses', (token: string) => Buffer.from(`a${token}`).toString('base64url')],
  ['hexadecimal', (token: string) => Buffer.from(token).toString('hex')],
  ['hexadecimal in capitals', (token: string) => Buffer.from(token).toString('hex').toUpperCase()],
  ['a form', (token: string) => new URLSearchParams({ token }).toString()],
  ['an address in small letters', (token: string) => encodeURIComponent(token).replace(/%../g, (escape) => escape.toLowerCase())],
  ['capitals', (token: string) => token.toUpperCase()],
  ['small letters', (token: string) => token.toLowerCase()],
])('a token that a service writes down in %s is masked too', (_form, write) => {
  const token = 'Tok-en/ÄB+1234567890?canary';
  const marked = { type: 'object', properties: { token: { type: 'string', 'x-secret': true } } } as const;
  const forms = secretsOf({ id: 'own', kind: 'custom', title: 'Own', fields: marked }, { scheme: 'own', config: {}, credentials: { token } });
  const echoed = write(token);
  const masked = JSON.stringify(maskSecrets({ echoed, before: `it is ${echoed}.` }, forms));
  expect(masked).toContain(REDACTED);
  for (const part of echoed.split(' ')) expect(masked).not.toContain(part.slice(6, -12));
});

test('user names and settings are no secrets, and an untouched value stays the same object', () => {
  const value = { user: 'integration', host: 'erp.example.com' };
  expect(maskSecrets(value, secrets)).toBe(value);
});
