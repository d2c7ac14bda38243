import { choice, customAuth, defineConnector, noAuth } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { icon } from './icon.ts';
import { send } from './send.ts';
import { senderOf } from './sender-of.ts';
import { openTransport, toFailure } from './transport.ts';

const server = z.object({
  host: z.string().min(1).meta({ title: 'Mail server', examples: ['smtp.example.com'] }),
  port: z.int().min(1).max(65_535).default(587).meta({ title: 'Port', description: '587 for STARTTLS, 465 for TLS.' }),
  encryption: choice({ starttls: 'STARTTLS', tls: 'TLS', none: 'Not encrypted' }, { title: 'Encryption' }).default('starttls'),
  from: z.string().meta({ title: 'Sender', description: 'The address messages come from.', examples: ['Acme <hello@example.com>'], format: 'mailbox' }),
});

export default defineConnector({
  id: 'email',
  version: '1.0.0',
  title: 'E-mail',
  description: 'Sends messages through a mail server (SMTP).',
  icon,
  categories: ['Messages'],
  auth: [
    customAuth({
      id: 'password',
      title: 'User name and password',
      config: server,
      hostSetting: 'host',
      fields: z.object({
        user: z.string().min(1).meta({ title: 'User name' }),
        password: z.string().min(1).meta({ title: 'Password', 'x-secret': true }),
      }),
    }),
    noAuth({ title: 'No sign-in', config: server, hostSetting: 'host' }),
  ],
  operations: [send],
  governance: { dataClasses: ['personal'] },
  tier: 'verified',
  async testConnection(context) {
    senderOf(context.connection);
    const transport = await openTransport(context);
    try {
      await transport.verify();
      return 'Connected. The mail server accepts messages.';
    } catch (error) {
      throw toFailure(error);
    } finally {
      transport.close();
    }
  },
});
