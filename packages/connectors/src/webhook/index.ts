import { customAuth, defineConnector, secret } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { icon } from './icon.ts';
import { receive } from './receive.ts';
import { signal } from './signal.ts';

export default defineConnector({
  id: 'webhook',
  version: '1.0.0',
  title: 'Webhook',
  description: 'Starts a flow when another system calls.',
  icon,
  categories: ['Triggers'],
  auth: [
    customAuth({
      id: 'signing-secret',
      title: 'Signing secret',
      help: 'The secret that the sender signs its calls with. You find it where you entered the address that it calls.',
      fields: z.object({ secret: secret({ title: 'Secret' }) }),
    }),
  ],
  operations: [receive, signal],
  tier: 'verified',
});
