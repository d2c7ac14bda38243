import type { Sender } from '@weft/connector-sdk';

/** Senders whose way of signing is known. Sources: their documentation of webhooks. */
export const senders = {
  github: {
    title: 'GitHub',
    proof: { header: 'x-hub-signature-256', algorithm: 'sha256', encoding: 'hex', prefix: 'sha256=', signed: '{body}' },
    eventId: { header: 'x-github-delivery' },
  },
  stripe: {
    title: 'Stripe',
    proof: {
      header: 'stripe-signature',
      algorithm: 'sha256',
      encoding: 'hex',
      prefix: 'v1=',
      separator: ',',
      signed: '{timestamp}.{body}',
      timestamp: { header: 'stripe-signature', part: 't=' },
    },
    eventId: { body: ['id'] },
  },
  shopify: {
    title: 'Shopify',
    proof: { header: 'x-shopify-hmac-sha256', algorithm: 'sha256', encoding: 'base64', prefix: '', signed: '{body}' },
    eventId: { header: 'x-shopify-event-id' },
  },
  slack: {
    title: 'Slack',
    proof: {
      header: 'x-slack-signature',
      algorithm: 'sha256',
      encoding: 'hex',
      prefix: 'v0=',
      signed: 'v0:{timestamp}:{body}',
      timestamp: { header: 'x-slack-request-timestamp' },
    },
    eventId: { body: ['event_id'] },
  },
  standard: {
    title: 'Standard Webhooks',
    proof: {
      header: 'webhook-signature',
      algorithm: 'sha256',
      encoding: 'base64',
      prefix: 'v1,',
      separator: ' ',
      signed: '{id}.{timestamp}.{body}',
      timestamp: { header: 'webhook-timestamp' },
      idHeader: 'webhook-id',
      secret: 'whsec',
    },
    eventId: { header: 'webhook-id' },
  },
} satisfies Record<string, Sender>;
