import { emptyFlow, type FlowDocument } from '@weft/flow';
import type { Expression, MappingDocument } from '@weft/mapping';

const row = (column: string): Expression => ({ path: ['row', column] });
const fn = (name: string, ...args: Expression[]): Expression => ({ fn: name, args });

const mapping = (rules: Record<string, Expression>): MappingDocument => ({
  format: 'weft.mapping/1',
  rules: Object.entries(rules).map(([to, value], at) => ({ id: `r${at + 1}`, to: [to], value })),
});

/** CSV file → map → only paid orders → NDJSON file. */
export const csvStreamFlow = (input: string, output: string): FlowDocument => ({
  ...emptyFlow(`${input} to ${output}`),
  steps: {
    begin: { kind: 'trigger', title: 'By hand', use: { connector: 'manual', version: '1.0.0', operation: 'start' } },
    each: {
      kind: 'forEach',
      title: 'For each order',
      as: 'row',
      onItemError: 'collect',
      source: {
        use: { connector: 'csv', version: '1.0.0', operation: 'records' },
        config: { file: input, header: 'yes', delimiter: 'comma', encoding: 'utf-8' },
      },
    },
    order: {
      kind: 'transform',
      title: 'Order',
      in: 'each',
      input: mapping({
        id: fn('toInteger', row('id')),
        customer: fn('trim', row('customer')),
        email: fn('lower', row('email')),
        country: row('country'),
        amount: fn('toNumber', row('amount')),
        currency: row('currency'),
        day: fn('substring', row('created'), { const: 0 }, { const: 10 }),
        paid: fn('equals', row('status'), { const: 'paid' }),
      }),
    },
    paid: { kind: 'filter', title: 'Only paid', in: 'each', condition: { path: ['order', 'paid'] } },
    file: {
      kind: 'action',
      title: 'To a file',
      in: 'each',
      use: { connector: 'json-lines', version: '1.0.0', operation: 'add-record' },
      config: { file: output },
      input: mapping({ record: { path: ['order'] } }),
    },
  },
  edges: [
    { from: ['begin', 'next'], to: 'each' },
    { from: ['order', 'next'], to: 'paid' },
    { from: ['paid', 'next'], to: 'file' },
  ],
});
