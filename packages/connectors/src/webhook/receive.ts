import { defineWebhookTrigger } from '@weft/connector-sdk/author';
import { senders } from './senders.ts';

/** Starts a run for every call that arrives at the flow's own address, whoever sends it. */
export const receive = defineWebhookTrigger({
  id: 'receive',
  title: 'Receive a webhook',
  description: 'The flow runs whenever another system calls its address.',
  keywords: ['hook', 'api', 'http', 'callback', 'form', 'notification', 'incoming', 'call'],
  general: true,
  summary: '{config.method} /{config.path}',
  senders,
  samples: [
    {
      title: 'A new order',
      config: { path: 'new-order', method: 'POST' },
      output: {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': 'shop/2.1' },
        query: {},
        body: {
          orderId: 'A-1001',
          placedAt: '2026-03-01T09:30:00Z',
          customer: { name: 'Ada Lovelace', email: 'ada@example.com' },
          lines: [
            { sku: 'TEA-01', quantity: 2, price: '4.50' },
            { sku: 'CUP-07', quantity: 1, price: '12.00' },
          ],
        },
      },
    },
    {
      title: 'A call without a body',
      config: { path: 'ping', method: 'GET' },
      output: { method: 'GET', headers: {}, query: { source: 'monitor' }, body: null },
    },
  ],
});
