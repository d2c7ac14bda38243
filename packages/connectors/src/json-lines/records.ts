import { choice, defineSource, fileName, invalidInput, noSuchFile, openJson } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { encodings } from '../text/encodings.ts';
import { readLines } from './read-lines.ts';
import { workspaceFiles } from './workspace-files.ts';

/** What a loop reads: the records of a file of any size. */
export const records = defineSource({
  id: 'records',
  title: 'Records of an NDJSON file',
  description: 'Goes through a file of any size line by line; each line is one JSON record.',
  summary: 'Records of {config.file}',
  config: z.object({
    file: fileName('An NDJSON file from Files.', 'orders.ndjson'),
    encoding: choice(encodings, { title: 'Encoding', description: 'How letters are written as bytes. Change it when letters look wrong.' }).default('auto'),
  }),
  record: openJson({ title: 'Record' }),
  failures: [
    noSuchFile,
    invalidInput(undefined, 'A line is longer than 8 MB: the file is not NDJSON.'),
  ],
  samples: [{ title: 'An order', config: { file: 'orders.ndjson' }, record: { id: 'A-1', total: '21.00' } }],
  dynamic: { 'config.file': { kind: 'options', source: 'files', dependsOn: [] } },
  options: { files: workspaceFiles },
  async *read({ files }, _input, config, options) {
    yield* readLines(await files.open(config.file), { ...options, encoding: config.encoding });
  },
});
