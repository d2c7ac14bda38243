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

test('user names and settings are no secrets, and an untouched value stays the same object', () => {
  const value = { user: 'integration', host: 'erp.example.com' };
  expect(maskSecrets(value, secrets)).toBe(value);
});
