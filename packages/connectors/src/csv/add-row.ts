import type { Json } from '@weft/connector-sdk';
import { addedToFile, addsToFile, defineAction, fileRefused } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { encode, type WriteOptions } from './encode.ts';
import { workspaceFiles, writeConfig } from './form-parts.ts';
import { rowSchema } from './row-schema.ts';

export const addRow = defineAction({
  id: 'add-row',
  title: 'Add a row to a CSV file',
  description: 'Adds one row to a file of this workspace. Each run begins the file anew, so a loop fills it row by row.',
  summary: 'Add a row to {config.file}',
  config: writeConfig('The file is made when it is not there yet.'),
  input: z.object({ row: z.record(z.string(), z.unknown()).meta({ title: 'Row', 'x-open': true }) }),
  output: addedToFile,
  effect: 'write',
  idempotency: { kind: 'key' },
  failures: [fileRefused],
  samples: [
    {
      title: 'One lead',
      config: { file: 'clean-leads.csv', columns: ['name', 'email'] },
      input: { row: { name: 'Ada Lovelace', email: 'ada@example.com' } },
      output: { file: 'clean-leads.csv', sizeBytes: 43 },
    },
  ],
  dynamic: {
    'config.file': { kind: 'options', source: 'files', dependsOn: [] },
    input: { kind: 'schema', source: 'row', dependsOn: ['config.columns'] },
  },
  options: { files: workspaceFiles },
  schemas: { row: rowSchema('row') },
  ...addsToFile((inputs: readonly { row: Record<string, Json> }[], config: WriteOptions & { file: string }, begins) =>
    encode(inputs.map(({ row }) => row), begins, config),
  ),
});
