import { defineAction, fileRefused } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { encode } from './encode.ts';
import { workspaceFiles, writeConfig } from './form-parts.ts';
import { rowSchema } from './row-schema.ts';

export const write = defineAction({
  id: 'write',
  title: 'Write a CSV file',
  description: 'Writes a whole list of rows to a file of this workspace. A file of the same name is replaced.',
  summary: 'Write {config.file}',
  config: writeConfig('A file of the same name is replaced.'),
  input: z.object({ rows: z.array(z.record(z.string(), z.unknown())).max(100_000).meta({ title: 'Rows', 'x-open': true }) }),
  output: z.object({
    file: z.string().meta({ title: 'File' }),
    count: z.int().meta({ title: 'Number of rows' }),
    sizeBytes: z.int().meta({ title: 'Size in bytes' }),
  }),
  effect: 'write',
  idempotency: { kind: 'natural' },
  failures: [fileRefused],
  samples: [
    {
      title: 'One lead',
      config: { file: 'clean-leads.csv', columns: ['name', 'email'] },
      input: { rows: [{ name: 'Ada Lovelace', email: 'ada@example.com' }] },
      output: { file: 'clean-leads.csv', count: 1, sizeBytes: 43 },
    },
  ],
  dynamic: {
    'config.file': { kind: 'options', source: 'files', dependsOn: [] },
    input: { kind: 'schema', source: 'rows', dependsOn: ['config.columns'] },
  },
  options: { files: workspaceFiles },
  schemas: { rows: rowSchema('rows') },
  async run({ files, runId, idempotencyKey }, { rows }, config) {
    // Any values: encode writes those that are no text as JSON.
    const bytes = encode(rows as Record<string, never>[], true, config);
    await files.write(config.file, bytes, { runId, idempotencyKey });
    return { file: config.file, count: rows.length, sizeBytes: bytes.byteLength };
  },
});
