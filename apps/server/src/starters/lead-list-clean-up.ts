import type { FlowDocument } from '@weft/flow';
import type { JsonSchema } from '@weft/json-schema';
import { messyLeads } from './leads.ts';
import type { Starter } from './starter.ts';

/** Manual → read a CSV file → for each row: transform → filter → write CSV → download. */
export const leadListCleanUp: Starter = {
  id: 'lead-list-clean-up',
  title: 'Lead list clean-up',
  description: 'Six hundred leads as people typed them become a tidy list; those without a usable e-mail address are left out.',
  connectors: ['manual', 'csv'],
  async create({ provideFile }) {
    await provideFile('leads.csv', messyLeads());
    return flow();
  },
};

const columns = ['Full name', 'E-mail', 'Company', 'Country', 'Phone', 'Source', 'Budget'];
const first = {
  'Full name': '  ada AASEN ',
  'E-mail': ' ADA.AASEN@FJORDKAFFEAS.EXAMPLE ',
  Company: 'Fjord Kaffe AS',
  Country: 'Norge',
  Phone: '+47 41234567',
  Source: 'WEB ',
  Budget: '25000',
};

const cleanColumns = ['name', 'email', 'company', 'country', 'phone', 'source'];
const textField = (title: string): JsonSchema => ({ type: 'string', title });
const cleanRow: JsonSchema = {
  type: 'object',
  properties: {
    name: textField('Name'),
    email: textField('E-mail'),
    company: textField('Company'),
    country: textField('Country code'),
    phone: textField('Phone'),
    source: textField('Source'),
  },
  required: ['name', 'email'],
};

const lead = (column: string) => ({ path: ['lead', column] });
const tidy = (column: string) => ({ fn: 'trim', args: [lead(column)] });

function flow(): FlowDocument {
  return {
    format: 'weft.flow/1',
    title: 'Lead list clean-up',
    description: 'Reads leads.csv from Files and writes clean-leads.csv.',
    steps: {
      trigger: {
        kind: 'trigger',
        title: 'Run by hand',
        use: { connector: 'manual', version: '1.0.0', operation: 'start' },
        config: {},
        samples: [{ title: 'Nothing entered', output: { body: {} } }],
      },
      read: {
        kind: 'action',
        title: 'Read the lead list',
        use: { connector: 'csv', version: '1.0.0', operation: 'read' },
        config: { file: 'leads.csv' },
        schemas: {
          output: {
            type: 'object',
            properties: {
              rows: {
                type: 'array',
                title: 'Rows',
                items: { type: 'object', properties: Object.fromEntries(columns.map((column) => [column, textField(column)])), required: columns },
              },
              count: { type: 'integer', title: 'Number of rows' },
            },
            required: ['rows', 'count'],
          },
        },
        samples: [{ title: 'One lead', output: { rows: [first], columns, count: 1, delimiter: ',', encoding: 'utf-8' } }],
      },
      each: { kind: 'forEach', title: 'For each lead', items: { path: ['read', 'rows'] }, as: 'lead', concurrency: 1, onItemError: 'collect' },
      tidy: {
        kind: 'transform',
        title: 'Tidy up',
        in: 'each',
        schemas: { input: cleanRow },
        input: {
          format: 'weft.mapping/1',
          tables: {
            countries: { NO: 'NO', NORWAY: 'NO', NORGE: 'NO', SE: 'SE', SWEDEN: 'SE', SVERIGE: 'SE', DK: 'DK', DENMARK: 'DK', DANMARK: 'DK' },
          },
          rules: [
            { id: 'name', to: ['name'], value: tidy('Full name') },
            { id: 'email', to: ['email'], value: { fn: 'lower', args: [tidy('E-mail')] } },
            { id: 'company', to: ['company'], value: tidy('Company') },
            {
              id: 'country',
              to: ['country'],
              value: { fn: 'lookup', args: [{ fn: 'upper', args: [tidy('Country')] }, { table: 'countries' }, { const: '' }] },
            },
            {
              id: 'phone',
              to: ['phone'],
              value: { fn: 'replacePattern', args: [lead('Phone'), { const: '^(\\+47|0047)?[ -]*' }, { const: '+47' }] },
              when: { fn: 'not', args: [{ fn: 'isEmpty', args: [lead('Phone')] }] },
            },
            { id: 'source', to: ['source'], value: { fn: 'lower', args: [tidy('Source')] } },
          ],
        },
      },
      keep: {
        kind: 'filter',
        title: 'Only with an e-mail address',
        in: 'each',
        condition: { fn: 'contains', args: [{ path: ['tidy', 'email'] }, { const: '@' }] },
      },
      save: {
        kind: 'action',
        title: 'Write to the clean list',
        in: 'each',
        use: { connector: 'csv', version: '1.0.0', operation: 'add-row' },
        config: { file: 'clean-leads.csv', columns: cleanColumns },
        schemas: { input: { type: 'object', properties: { row: cleanRow }, required: ['row'] } },
        input: {
          format: 'weft.mapping/1',
          rules: cleanColumns.map((column) => ({ id: column, to: ['row', column], value: { path: ['tidy', column] } })),
        },
      },
    },
    edges: [
      { from: ['trigger', 'next'], to: 'read' },
      { from: ['read', 'next'], to: 'each' },
      { from: ['tidy', 'next'], to: 'keep' },
      { from: ['keep', 'next'], to: 'save' },
    ],
    layout: { trigger: [0, 0], read: [304, 0], each: [608, 0], tidy: [72, 88], keep: [376, 88], save: [680, 88] },
    notes: [],
  };
}
