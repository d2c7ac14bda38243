import { parseFlow } from '@weft/flow';
import { expect, test } from 'vitest';
import { importRefused } from './import-refused.ts';

const flow = { format: 'weft.flow/1', title: 'Orders', steps: {}, edges: [], layout: {}, notes: [] };
const notAFlow = 'This file is not a flow. Choose one that was exported from Weft; its name ends with .weft.json.';

test.each([
  ['a list', [1, 2], notAFlow],
  ['nothing', null, notAFlow],
  ['a text', 'hello', notAFlow],
  ['JSON of something else', { name: 'left-pad', version: '1.0.0' }, notAFlow],
  ['the flow of another product', { format: 'n8n', nodes: [] }, notAFlow],
  [
    'a flow of a later version',
    { ...flow, format: 'weft.flow/9' },
    'The format of this flow is "weft.flow/9", which this version of Weft does not know: upgrade Weft to open this flow.',
  ],
  ['a flow with a broken part', { ...flow, steps: 'all of them' }, 'This flow cannot be imported: “steps” must be an object.'],
  ['a flow that is too large', { ...flow, description: 'x'.repeat(6 * 1024 * 1024) }, 'This flow is larger than 5 MB: take samples out of it.'],
])('%s is refused with a sentence', (_, document, sentence) => {
  const parsed = parseFlow(document);
  expect('issues' in parsed && importRefused(parsed.issues)).toBe(sentence);
});
