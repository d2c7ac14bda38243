import { defineConnector } from '@weft/connector-sdk/author';
import { icon } from './icon.ts';
import { start } from './start.ts';

export default defineConnector({
  id: 'manual',
  version: '1.0.0',
  title: 'Manual',
  description: 'Starts a flow by hand.',
  icon,
  categories: ['Triggers'],
  operations: [start],
  tier: 'verified',
});
