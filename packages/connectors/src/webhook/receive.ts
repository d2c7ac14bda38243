import { choice, defineTrigger, openJson } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { defaultHeader, senders } from './senders.ts';

const headerName = z.string().max(100).regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/);

/** Who may call: a list of known senders, or the parts of a signature written out. The secret is in the connection. */
const verify = z
  .union([
    z.object({ by: z.literal('none') }).meta({ title: 'Anybody who knows the address' }),
    ...Object.entries(senders).map(([id, { title }]) => z.object({ by: z.literal(id) }).meta({ title })),
    z
      .object({
        by: z.literal('hmac'),
        header: headerName.meta({ title: 'Header with the signature' }).default(defaultHeader),
        algorithm: choice({ sha256: 'SHA-256', sha1: 'SHA-1', sha512: 'SHA-512' }, { title: 'Algorithm' }).default('sha256'),
        encoding: choice({ hex: 'Hexadecimal', base64: 'Base64' }, { title: 'Written as' }).default('hex'),
        prefix: z.string().max(40).meta({ title: 'Text before the signature', examples: ['sha256='] }).optional(),
        timestampHeader: headerName.meta({ title: 'Header with the time of sending', description: 'Calls older than five minutes are turned away. Leave it empty where the sender gives no time.', examples: ['X-Timestamp'] }).optional(),
        signed: z
          .string()
          .max(200)
          .regex(/\{body\}/)
          .meta({ title: 'What is signed', description: '{body} is what was sent, {timestamp} the time of sending.', examples: ['{body}', '{timestamp}.{body}'] })
          .optional(),
      })
      .meta({ title: 'Another sender that signs (HMAC)' }),
    z
      .object({ by: z.literal('token'), header: headerName.meta({ title: 'Header with the token', examples: ['X-Gitlab-Token'] }) })
      .meta({ title: 'Another sender with a fixed token' }),
  ])
  .meta({ title: 'Who may call', description: 'A call without the right signature is turned away. The connection holds the secret that both sides know.' })
  .default({ by: 'none' });

const eventId = z
  .union([
    z.object({ from: z.literal('usual') }).meta({ title: 'Where the sender usually puts it' }),
    z.object({ from: z.literal('header'), name: headerName.meta({ title: 'Header', examples: ['X-Event-Id'] }) }).meta({ title: 'In a header' }),
    z
      .object({ from: z.literal('body'), name: z.string().min(1).max(200).meta({ title: 'Field of the body', description: 'Dots lead further in, as in event.id.', examples: ['id', 'event.id'] }) })
      .meta({ title: 'In the body' }),
    z.object({ from: z.literal('none') }).meta({ title: 'Nowhere: every call starts a run' }),
  ])
  .meta({ title: 'Id of the event', description: 'The same id within seven days starts one run only, however often it is sent.', 'x-more': true })
  .default({ from: 'usual' });

/** Starts a run for every call that arrives at the flow's own address. The server receives it; this only describes it. */
export const receive = defineTrigger({
  id: 'receive',
  title: 'Receive a webhook',
  description: 'The flow runs whenever another system calls its address.',
  summary: '{config.method} /{config.path}',
  strategy: 'webhook',
  connection: 'optional',
  config: z.object({
    path: z
      .string()
      .min(1)
      .max(100)
      .regex(/^[a-z0-9]+(?:[-_][a-z0-9]+)*$/)
      .meta({ title: 'Path', description: 'The last part of the address: lower case letters, digits and hyphens.', examples: ['new-order', 'github-issues'] }),
    method: z.enum(['POST', 'GET', 'PUT', 'PATCH', 'DELETE']).meta({ title: 'Method', description: 'How the other system calls. Nearly all use POST.' }).default('POST'),
    verify,
    respond: choice(
      { immediately: 'At once, that it was accepted', 'when-finished': 'When the flow has finished, with its answer' },
      { title: 'Answer', description: 'What the caller gets, and when.' },
    ).default('immediately'),
    eventId,
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
