import { choice, defineSource, fileName, invalidInput, noSuchFile, openJson } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { encodings, isEncoding, type EncodingChoice } from '../text/encodings.ts';
import { encodingOf } from '../text/file-text.ts';
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
    encoding: choice(encodings, {
      title: 'Encoding',
      description: 'How letters are written as bytes. Change it when letters look wrong.',
      'x-found': 'found.encoding',
    }).default('auto'),
    /** What "Find out" found when the file was chosen: runs keep to it. */
    found: z.object({ file: z.string(), encoding: z.string() }).optional().meta({ title: 'Found', readOnly: true }),
  }),
  record: openJson({ title: 'Record' }),
  failures: [
    noSuchFile,
    invalidInput(undefined, 'A line is longer than 8 MB: the file is not NDJSON.'),
  ],
  samples: [{ title: 'An order', config: { file: 'orders.ndjson' }, record: { id: 'A-1', total: '21.00' } }],
  dynamic: {
    'config.file': { kind: 'options', source: 'files', dependsOn: [] },
    'config.found': { kind: 'schema', source: 'found', dependsOn: ['config.file', 'config.encoding'] },
  },
  options: { files: workspaceFiles },
  schemas: {
    async found({ files }, { config }) {
      const file = String(config['file'] ?? '');
      const chosen = config['encoding'];
      const encoding: EncodingChoice = typeof chosen === 'string' && isEncoding(chosen) ? chosen : 'auto';
      return { type: 'object', default: { file, encoding: await encodingOf(await files.open(file), { encoding }) } };
    },
  },
  async *read({ files }, _input, config, options) {
    const { file, encoding, found } = config;
    // What was found in another file says nothing about this one.
    const known = found?.file === file && isEncoding(found.encoding) ? found.encoding : undefined;
    yield* readLines(await files.open(file), { ...options, encoding, ...(known && { found: known }) });
  },
});
