import { InputError } from '@weft/connector-sdk';
import {
  addressRefused, authFailed, defineAction, fileContent, fileValue, invalidInput, rateLimited, readMailbox, upstreamFailed, type FileValue,
  type Mailbox,
} from '@weft/connector-sdk/author';
import { z } from 'zod';
import { senderOf } from './sender-of.ts';
import { textOfHtml } from './text-of-html.ts';
import { messageId, openTransport, toFailure } from './transport.ts';

/** What most mail servers take: 25 MB as they travel, in base64. */
const maxAttachedBytes = 18 << 20;

const address = z.string().min(3).max(320);
const addresses = z.array(address).max(100);

export const send = defineAction({
  id: 'send',
  title: 'Send an e-mail',
  description: 'Sends a message through your mail server.',
  keywords: ['mail', 'smtp', 'message', 'notify', 'notification', 'inform', 'alert', 'gmail', 'outlook'],
  summary: 'To {input.to}: {input.subject}',
  connection: 'required',
  input: z.object({
    to: addresses.min(1).meta({ title: 'To', examples: [['ada@example.com']] }),
    subject: z.string().min(1).max(998).meta({ title: 'Subject' }),
    text: z.string()
      .max(1_000_000)
      .optional()
      .meta({ title: 'Text', description: 'Left out where there is HTML, it is made from that.', 'x-widget': 'textarea' }),
    html: z.string().max(1_000_000).optional().meta({ title: 'HTML', description: 'Shown instead of the text by readers that can.', 'x-widget': 'textarea' }),
    attachments: z
      .array(fileValue({ title: 'File', description: 'As an earlier step gives one.' }))
      .max(50)
      .optional()
      .meta({ title: 'Attachments', description: 'Files, 18 MB in all.' }),
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
    const from = senderOf(context.connection);
    const { to, cc, bcc, replyTo, subject, html, attachments } = input;
    const text = input.text ?? (html === undefined ? undefined : textOfHtml(html));
    if (text === undefined) throw new InputError(['input', 'text'], 'There is nothing to send: map the text, or the HTML.');
    const receivers = {
      to: to.map((one) => receiver('to', one)),
      cc: cc?.map((one) => receiver('cc', one)),
      bcc: bcc?.map((one) => receiver('bcc', one)),
      ...(replyTo !== undefined && { replyTo: receiver('replyTo', replyTo) }),
    };
    const transport = await openTransport(context);
    try {
      const sent = await transport.sendMail({
        subject,
        text,
        html,
        attachments: attachments && attached(attachments),
        ...receivers,
        from,
        messageId: messageId(context.idempotencyKey, from.address),
        date: context.now,
      });
      return { messageId: sent.messageId, accepted: sent.accepted.map(String), rejected: sent.rejected.map(String) };
    } catch (error) {
      throw toFailure(error);
    } finally {
      transport.close();
    }
  },
});

/** One receiver, taken apart here: a mail library reads a list of several out of one text, and texts come out of mappings. */
function receiver(field: string, text: string): Mailbox {
  const mailbox = readMailbox(text);
  if (!mailbox) {
    throw new InputError(['input', field], `"${text}" is not an e-mail address. Write one address, such as ada@example.com or Ada <ada@example.com>.`);
  }
  return mailbox;
}

function attached(files: readonly FileValue[]) {
  const contents = files.map((file, at) => {
    const path = ['input', 'attachments', String(at)];
    const content = fileContent(file, path);
    if (!content) throw new InputError(path, 'An attachment is a file as an earlier step gives it: map that whole field.');
    return content;
  });
  const bytes = contents.reduce((sum, content) => sum + content.bytes.length, 0);
  if (bytes > maxAttachedBytes) {
    throw new InputError(
      ['input', 'attachments'],
      `These files have ${Math.ceil(bytes / 1_048_576)} MB, and mail servers take about ${maxAttachedBytes / 1_048_576}. Send fewer, or a link to them.`,
    );
  }
  return contents.map((content) => ({ filename: content.fileName, contentType: content.contentType, content: Buffer.from(content.bytes) }));
}
