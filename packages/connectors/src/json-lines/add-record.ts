import type { Json } from '@weft/connector-sdk';
import { addedToFile, addsToFile, defineAction, fileName, fileRefused, openJson, placesInside, writeJson } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { workspaceFiles } from './workspace-files.ts';

/** Adds records to a file, one a line; in a stream whole batches at once. */
export const addRecord = defineAction({
  id: 'add-record',
  title: 'Add a record to an NDJSON file',
  description: 'Adds one line to a file of this workspace. Each run begins the file anew, so a loop fills it record by record.',
  summary: 'Add a record to {config.file}',
  config: z.object({ file: fileName('The file is made when it is not there yet.', 'orders.ndjson') }),
  input: z.object({ record: openJson({ title: 'Record', description: 'Any JSON: an object with fields to map, or a value.' }) }),
  output: addedToFile,
  effect: 'write',
  idempotency: { kind: 'key' },
  failures: [fileRefused],
  samples: [
    {
      title: 'One order',
      config: { file: 'orders.ndjson' },
      input: { record: { id: 'A-1', total: '21.00' } },
      output: { file: 'orders.ndjson', sizeBytes: 29 },
    },
  ],
  dynamic: { 'config.file': { kind: 'options', source: 'files', dependsOn: [] } },
  options: { files: workspaceFiles },
  ...addsToFile((inputs: readonly { record?: Json }[], _config, _begins, exactOf) =>
    inputs.map(({ record = null }, index) => `${writeJson(record, exactOf && placesInside(exactOf(index), 'record'))}\n`).join(''),
  ),
});
