import type { FlowDocument } from '@weft/flow';
import type { Expression, Rule } from '@weft/mapping';
import { order } from './order.ts';

const path = (...segments: string[]): Expression => ({ path: segments });
const call = (fn: string, ...args: Expression[]): Expression => ({ fn, args });
const field = (...segments: string[]): Expression => path('trigger', 'body', ...segments);

const fields: Record<string, Expression> = {
  reference: field('id'),
  orderNumber: field('number'),
  orderedAt: field('placed_at'),
  currency: field('currency'),
  source: field('channel'),
  remark: call('trim', field('note')),
  customerId: field('customer', 'id'),
  customerName: call('concat', field('customer', 'first_name'), { const: ' ' }, field('customer', 'last_name')),
  email: call('lower', field('customer', 'email')),
  phone: field('customer', 'phone'),
  vatNumber: field('customer', 'vat_number'),
  deliveryMethod: field('shipping', 'method'),
  street: field('shipping', 'address', 'street'),
  postalCode: field('shipping', 'address', 'zip'),
  city: field('shipping', 'address', 'city'),
  countryCode: call('upper', field('shipping', 'address', 'country')),
  paymentTerms: field('billing', 'terms'),
  netAmount: field('totals', 'net'),
  taxAmount: field('totals', 'tax'),
  grossAmount: field('totals', 'gross'),
};

const lineFields: Record<string, Expression> = {
  lineNo: call('add', { index: 'line' }, { const: 1 }),
  article: path('line', 'sku'),
  description: path('line', 'title'),
  quantity: path('line', 'quantity'),
  price: path('line', 'unit_price'),
  amount: call('multiply', path('line', 'quantity'), path('line', 'unit_price')),
};

const rules = (named: Record<string, Expression>, prefix: string): Rule[] =>
  Object.entries(named).map(([name, value]) => ({ id: `${prefix}${name}`, to: [name], value }));

/** Receive, map 20 fields and a list of lines, respond: the flow a person would draw. */
export const orderFlow: FlowDocument = {
  format: 'weft.flow/1',
  title: 'Order to answer',
  steps: {
    trigger: {
      kind: 'trigger',
      title: 'Order received',
      use: { connector: 'webhook', version: '1.0.0', operation: 'receive' },
      config: { path: 'orders', method: 'POST', respond: 'when-finished' },
      samples: [{ title: 'An order', output: { method: 'POST', headers: {}, query: {}, body: order } }],
    },
    shape: {
      kind: 'transform',
      title: 'Shape the order',
      input: {
        format: 'weft.mapping/1',
        rules: [
          ...rules(fields, 'f-'),
          { id: 'lines', to: ['lines'], forEach: { in: field('lines'), as: 'line' }, rules: rules(lineFields, 'l-') },
        ],
      },
    },
    respond: {
      kind: 'respond',
      title: 'Answer',
      input: {
        format: 'weft.mapping/1',
        rules: [
          { id: 'status', to: ['status'], value: { const: 200 } },
          { id: 'body', to: ['body'], value: path('shape') },
        ],
      },
    },
  },
  edges: [
    { from: ['trigger', 'next'], to: 'shape' },
    { from: ['shape', 'next'], to: 'respond' },
  ],
  layout: { trigger: [0, 0], shape: [0, 160], respond: [0, 320] },
  notes: [],
};
