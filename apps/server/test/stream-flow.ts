import { emptyFlow, type FlowDocument } from '@weft/flow';
import type { Expression, MappingDocument } from '@weft/mapping';

const row = (column: string): Expression => ({ path: ['row', column] });

export const mappingOf = (rules: Record<string, Expression>): MappingDocument => ({
  format: 'weft.mapping/1',
  rules: Object.entries(rules).map(([to, value], at) => ({ id: `r${at + 1}`, to: [to], value })),
});

/** A CSV file, row by row → number and name → an NDJSON file. A number that is none makes its row fail. */
export const streamFlow = (number: Expression = { fn: 'toInteger', args: [row('n')] }): FlowDocument => ({
  ...emptyFlow('Rows to records'),
  steps: {
    begin: { kind: 'trigger', title: 'By hand', use: { connector: 'manual', version: '1.0.0', operation: 'start' } },
    each: {
      kind: 'forEach',
      title: 'For each row',
      as: 'row',
      onItemError: 'collect',
      source: {
        use: { connector: 'csv', version: '1.0.0', operation: 'records' },
        config: { file: 'rows.csv', header: 'yes', delimiter: 'comma', encoding: 'utf-8' },
      },
    },
    shape: { kind: 'transform', title: 'Shape', in: 'each', input: mappingOf({ n: number, name: row('name') }) },
    out: {
      kind: 'action',
      title: 'To a file',
      in: 'each',
      use: { connector: 'json-lines', version: '1.0.0', operation: 'add-record' },
      config: { file: 'out.ndjson' },
      input: mappingOf({ record: { path: ['shape'] } }),
    },
  },
  edges: [
    { from: ['begin', 'next'], to: 'each' },
    { from: ['shape', 'next'], to: 'out' },
  ],
});
