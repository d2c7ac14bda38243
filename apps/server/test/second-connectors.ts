import {
  choice, customAuth, defineConnector, defineScheduleTrigger, defineSignalTrigger, defineWebhookTrigger, openJson, secret,
} from '@weft/connector-sdk/author';
import type { Sender } from '@weft/connector-sdk';
import { z } from 'zod';

const icon = '<svg viewBox="0 0 24 24" stroke="currentColor" fill="none"><path d="M4 12h16"/></svg>';

/** A way of signing that no connector of Weft has: the time and the body, SHA-512, in base64 behind a word. */
const till: Sender = {
  title: 'The till',
  proof: {
    header: 'x-till-proof',
    algorithm: 'sha512',
    encoding: 'base64',
    prefix: 'till ',
    signed: '{timestamp}\n{body}',
    timestamp: { header: 'x-till-time' },
  },
  eventId: { body: ['event', 'number'] },
};

const signingKey = customAuth({
  id: 'signing-key',
  title: 'Signing key',
  fields: z.object({ signingKey: secret({ title: 'Signing key' }), secret: secret({ title: 'Something else' }).optional() }),
});

/** Calls of one service, whose way of signing nobody chooses. */
const sold = defineWebhookTrigger({
  id: 'sold',
  title: 'Something is sold',
  description: 'The flow runs when the till has sold something.',
  senders: { till },
  fixed: { method: 'PUT', respond: 'immediately', verify: { by: 'till' } },
  secret: 'signingKey',
  config: z.object({ events: z.array(choice({ sale: 'Sales', refund: 'Refunds' }, { title: 'Event' })).meta({ title: 'Events' }).default([]) }),
  only: { at: { body: ['type'] }, setting: 'events' },
  body: z.object({ type: z.string().meta({ title: 'Type' }), event: openJson({ title: 'Event' }) }),
  samples: [{ title: 'A sale', config: { path: 'sold' }, output: { method: 'PUT', headers: {}, query: {}, body: { type: 'sale', event: { number: 1 } } } }],
});

/** Calls of whom the user chooses, the till among them. */
const told = defineWebhookTrigger({
  id: 'told',
  title: 'Something is told',
  description: 'The flow runs when somebody tells something.',
  senders: { till },
  secret: 'signingKey',
  config: z.object({ respond: choice({ 'when-finished': 'With what the flow gives' }, { title: 'Answer' }).default('when-finished') }),
  samples: [{ title: 'Something', config: { path: 'told' }, output: { method: 'POST', headers: {}, query: {}, body: null } }],
});

export const shop = defineConnector({
  id: 'shop',
  version: '2.1.0',
  title: 'Shop',
  description: 'The shop and its tills.',
  icon,
  categories: ['Sales'],
  auth: [signingKey],
  operations: [sold, told],
});

/** The clock of an office: the time is decided, the zone is one of two. */
export const office = defineConnector({
  id: 'office',
  version: '1.0.0',
  title: 'Office',
  description: 'The hours of the offices.',
  icon,
  categories: ['Triggers'],
  operations: [
    defineScheduleTrigger({
      id: 'night',
      title: 'In the night',
      description: 'The flow runs when nobody is in the office.',
      fixed: { cron: '30 2 * * *' },
      config: z.object({ timezone: choice({ 'Europe/Oslo': 'Oslo', 'America/New_York': 'New York' }, { title: 'Office' }).default('Europe/Oslo') }),
      samples: [{ title: 'A night', scheduledAt: '2026-03-02T01:30:00.000Z' }],
    }),
  ],
});

/** Tells a waiting run that money has come. */
export const bank = defineConnector({
  id: 'bank',
  version: '1.0.0',
  title: 'Bank',
  description: 'What the bank tells.',
  icon,
  categories: ['Money'],
  auth: [customAuth({ id: 'token', title: 'Token', fields: z.object({ token: secret({ title: 'Token' }) }) })],
  operations: [
    defineSignalTrigger({
      id: 'paid',
      title: 'Money has come',
      description: 'The bank tells that an order is paid.',
      senders: { bank: { title: 'The bank', proof: { token: { header: 'x-bank-token' } }, eventId: { header: 'x-bank-message' } } },
      fixed: { verify: { by: 'bank' }, key: { in: 'body', field: 'payment.reference' } },
      secret: 'token',
      samples: [{ title: 'A payment', output: { payment: { reference: 'A-1001' } } }],
    }),
  ],
});
