import { defineConnector } from '@weft/connector-sdk/author';
import { addRow } from './add-row.ts';
import { icon } from './icon.ts';
import { read } from './read.ts';
import { records } from './records.ts';
import { tables } from './tables.ts';
import { write } from './write.ts';

export default defineConnector({
  id: 'csv',
  version: '1.0.0',
  title: 'CSV files',
  description: 'Reads and writes tables in the files of this workspace.',
  icon,
  categories: ['Files'],
  operations: [read, write, addRow, records],
  tables,
  tier: 'verified',
});
