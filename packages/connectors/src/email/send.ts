import { InputError } from '@weft/connector-sdk';
import { addressRefused, authFailed, defineAction, invalidInput, rateLimited, upstreamFailed } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { messageId, openTransport, toFailure } from './transport.ts';

const address = z.string().min(3).max(320);
const addresses = z.array(address).max(100);

export const send = defineAction({
  id: 'send',
  title: 'Send an e-mail',
  description: 'Sends a message through your mail server.',
  summary: 'To {input.to}: {input.subject}',
  connection: 'required',
  input: z.object({
    to: addresses.min(1).meta({ title: 'To', examples: [['ada@example.com']] }),
    subject: z.string().min(1).max(998).meta({ title: 'Subject' }),
    text: z.string().max(1_000_000).meta({ title: 'Text', 'x-widget': 'textarea' }),
    html: z.string().max(1_000_000).optional().meta({ title: 'HTML', description: 'Shown instead of the text by readers that can.', 'x-widget': 'textarea' }),
    cc: addresses.optional().meta({ title: 'Cc' }),
    bcc: addresses.optional().meta({ title: 'Bcc' }),
    replyTo: address.optional().meta({ title: 'Reply to' }),
  }),
  output: z.object({
    messageId: z.string().meta({ title: 'Message id' }),
    accepted: z.array(z.string()).meta({ title: 'Accepted receivers' }),
    rejected: z.array(z.string()).meta({ title: 'Refused receivers' }),
  }),
  effect: 'write',
  failures: [
    authFailed(undefined, 'The mail server refused this user and password. Check them in the connection.'),
    invalidInput(undefined, 'An address is not valid, or the mail server refused the sender or a receiver.'),
    rateLimited(undefined, 'The mail server asks to wait. Weft tries again by itself.'),
    upstreamFailed(undefined, 'The mail server did not answer. Weft tries again by itself.'),
    addressRefused(),
  ],
  samples: [
    {
      title: 'A greeting',
      input: { to: ['ada@example.com'], subject: 'Hello', text: 'Good morning, Ada.' },
      output: { messageId: '<1@example.com>', accepted: ['ada@example.com'], rejected: [] },
    },
  ],
  async run(context, input) {
    const from = String(context.connection.config['from']);
    const { to, cc, bcc, replyTo, ...content } = input;
    const receivers = {
      to: to.map((one) => receiver('to', one)),
      ...(cc && { cc: cc.map((one) => receiver('cc', one)) }),
      ...(bcc && { bcc: bcc.map((one) => receiver('bcc', one)) }),
      ...(replyTo !== undefined && { replyTo: receiver('replyTo', replyTo) }),
    };
    const transport = await openTransport(context);
    try {
      const sent = await transport.sendMail({ ...content, ...receivers, from, messageId: messageId(context.idempotencyKey, from), date: context.now });
      return { messageId: sent.messageId, accepted: sent.accepted.map(String), rejected: sent.rejected.map(String) };
    } catch (error) {
      throw toFailure(error);
    } finally {
      transport.close();
    }
  },
});

const addressOnly = /^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/;
const nameAndAddress = /^(?<name>[^<>\p{Cc}]*)<(?<address>[^<>]*)>$/u;

/** One receiver, taken apart here: a mail library reads a list of several out of one text, and texts come out of mappings. */
function receiver(field: string, text: string): { name: string; address: string } {
  const { name = '', address = text.trim() } = nameAndAddress.exec(text.trim())?.groups ?? {};
  if (!addressOnly.test(address)) throw new InputError(['input', field], `"${text}" is not an e-mail address. Write one address, such as ada@example.com or Ada <ada@example.com>.`);
  return { name: name.trim().replace(/^"(.*)"$/, '$1'), address };
}
