import { defineConnector } from '@weft/connector-sdk/author';
import { icon } from './icon.ts';
import { receive } from './receive.ts';

export default defineConnector({
  id: 'webhook',
  version: '1.0.0',
  title: 'Webhook',
  description: 'Starts a flow when another system calls.',
  icon,
  categories: ['Triggers'],
  operations: [receive],
  tier: 'verified',
});
