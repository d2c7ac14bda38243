import { choice, defineTrigger, openJson } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { connectionUnless, eventId, verify } from './settings.ts';

/** Starts a run for every call that arrives at the flow's own address. The server receives it; this only describes it. */
export const receive = defineTrigger({
  id: 'receive',
  title: 'Receive a webhook',
  description: 'The flow runs whenever another system calls its address.',
  summary: '{config.method} /{config.path}',
  strategy: 'webhook',
  connection: 'optional',
  connectionUnless,
  config: z.object({
    path: z
      .string()
      .min(1)
      .max(100)
      .regex(/^[a-z0-9]+(?:[-_][a-z0-9]+)*$/)
      .meta({ title: 'Path', description: 'The last part of the address: lower case letters, digits and hyphens.', examples: ['new-order', 'github-issues'] }),
    method: z.enum(['POST', 'GET', 'PUT', 'PATCH', 'DELETE']).meta({ title: 'Method', description: 'How the other system calls. Nearly all use POST.' }).default('POST'),
    respond: choice(
      { immediately: 'At once, that it was accepted', 'when-finished': 'When the flow has finished, with its answer' },
      { title: 'Answer', description: 'What the caller gets, and when.' },
    ).default('immediately'),
    verify: verify({
      title: 'Who may call',
      description: 'A call without the right signature is turned away. The connection holds the secret that both sides know.',
    }),
    eventId: eventId('The same id within seven days starts one run only, however often it is sent.'),
    deadlineSeconds: z
      .int()
      .min(1)
      .max(300)
      .meta({ title: 'Seconds the caller waits at most', description: 'Then the caller gets the id of the run, which goes on.', 'x-more': true })
      .default(30),
  }),
  output: z.object({
    method: z.string().meta({ title: 'Method' }),
    headers: z.record(z.string(), z.string()).meta({ title: 'Headers', description: 'Names are in lower case.' }),
    query: z.record(z.string(), z.string()).meta({ title: 'Query', description: 'What stands behind the ? of the address.' }),
    body: openJson({ title: 'Body', description: 'The JSON that was sent.' }),
  }),
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
    { title: 'A call without a body', config: { path: 'ping', method: 'GET' }, output: { method: 'GET', headers: {}, query: { source: 'monitor' }, body: null } },
  ],
});
