import { defineConnector } from '@weft/connector-sdk/author';
import { cron } from './cron.ts';
import { icon } from './icon.ts';

export default defineConnector({
  id: 'schedule',
  version: '1.0.0',
  title: 'Schedule',
  description: 'Starts a flow at fixed times.',
  icon,
  categories: ['Triggers'],
  operations: [cron],
  tier: 'verified',
});
