import { expect, test } from 'vitest';
import { readMailbox } from './mailbox.ts';

test.each([
  ['ada@example.com', '', 'ada@example.com'],
  ['  Ada <ada@example.com> ', 'Ada', 'ada@example.com'],
  ['"Lovelace, Ada" <ada@example.com>', 'Lovelace, Ada', 'ada@example.com'],
  ['Acme, Inc. <hello@acme.example>', 'Acme, Inc.', 'hello@acme.example'],
  ['Support (Billing) <b@acme.example>', 'Support (Billing)', 'b@acme.example'],
  ['Acme; Co <b@acme.example>', 'Acme; Co', 'b@acme.example'],
  ['victim@example.com, Bob <bob@example.com>', 'victim@example.com, Bob', 'bob@example.com'],
  ['jörg@müller.example', '', 'jörg@müller.example'],
])('%j is one address', (text, name, address) => {
  expect(readMailbox(text)).toEqual({ name, address });
});

test.each([
  '',
  'not an address',
  'a@b@c',
  'a@b.example, c@d.example',
  'Evil\r\nBcc: z@x.example <h@x.example>',
  'Group: a@b.example;',
  '<a@b.example> c',
  'a@',
  '@b',
  'Ada <>',
])('%j is none', (text) => {
  expect(readMailbox(text)).toBeUndefined();
});
