import { defineTrigger, openJson } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { connectionUnless, eventId, verify } from './settings.ts';

const key = z
  .union([
    z.object({ in: z.literal('address') }).meta({ title: 'In the address, behind ?key=' }),
    z
      .object({
        in: z.literal('body'),
        field: z.string().min(1).max(200).meta({ title: 'Field with the key', description: 'Dots lead further in, as in data.orderId.', examples: ['orderId', 'data.object.id'] }),
      })
      .meta({ title: 'In a field of what is sent' }),
  ])
  .meta({ title: 'Where the sender puts the key', description: 'In a field, the address is the same for every run. A signature covers what is sent, not the address.' })
  .default({ in: 'address' });

/** Ends a wait of a run instead of starting one. The server receives it; this only describes it. */
export const signal = defineTrigger({
  id: 'signal',
  title: 'Receive a signal',
  description: 'Another system tells a run that waits for it to go on.',
  strategy: 'signal',
  visibility: 'internal',
  connection: 'optional',
  connectionUnless,
  config: z.object({
    key,
    verify: verify({
      title: 'Who may send it',
      description: 'A signal without the right signature is turned away and ends no wait. The connection holds the secret that both sides know.',
    }),
    eventId: eventId('The same id within seven days counts once, however often it is sent.'),
  }),
  output: openJson({ title: 'Signal', description: 'The JSON that was sent.' }),
  samples: [{ title: 'A payment', config: {}, output: { orderId: 'A-1001', paid: true } }],
});
