import { defineConnector } from '@weft/connector-sdk/author';
import { addRecord } from './add-record.ts';
import { icon } from './icon.ts';
import { records } from './records.ts';

export default defineConnector({
  id: 'json-lines',
  version: '1.0.0',
  title: 'NDJSON files',
  description: 'Reads and writes files of this workspace with one JSON record a line.',
  icon,
  categories: ['Files'],
  operations: [addRecord, records],
  tier: 'verified',
});
