import { defineConnector } from '@weft/connector-sdk/author';
import { changed } from './changed.ts';
import { icon } from './icon.ts';

export default defineConnector({
  id: 'files',
  version: '1.0.0',
  title: 'Files',
  description: 'Starts a flow when files of this workspace come or change.',
  icon,
  categories: ['Triggers', 'Files'],
  operations: [changed],
  tier: 'verified',
});
