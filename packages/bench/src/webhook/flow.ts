import type { FlowDocument, Step } from '@weft/flow';
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

const trigger: Step = {
  kind: 'trigger',
  title: 'Order received',
  use: { connector: 'webhook', version: '1.0.0', operation: 'receive' },
  config: { path: 'orders', method: 'POST', respond: 'when-finished' },
  samples: [{ title: 'An order', output: { method: 'POST', headers: {}, query: {}, body: order } }],
};

const shape: Step = {
  kind: 'transform',
  title: 'Shape the order',
  input: {
    format: 'weft.mapping/1',
    rules: [
      ...rules(fields, 'f-'),
      { id: 'lines', to: ['lines'], forEach: { in: field('lines'), as: 'line' }, rules: rules(lineFields, 'l-') },
    ],
  },
};

const respond: Step = {
  kind: 'respond',
  title: 'Answer',
  input: {
    format: 'weft.mapping/1',
    rules: [
      { id: 'status', to: ['status'], value: { const: 200 } },
      { id: 'body', to: ['body'], value: path('shape') },
    ],
  },
};

/** One step after the other. */
const flow = (title: string, steps: Record<string, Step>): FlowDocument => {
  const ids = Object.keys(steps);
  return {
    format: 'weft.flow/1',
    title,
    steps,
    edges: ids.slice(1).map((to, index) => ({ from: [ids[index] ?? '', 'next'], to })),
    layout: Object.fromEntries(ids.map((id, index) => [id, [0, index * 160]])),
    notes: [],
  };
};

/** Receive, map 20 fields and a list of lines, respond: the flow a person would draw. */
export const orderFlow: FlowDocument = flow('Order to answer', { trigger, shape, respond });

/** The same, and the mapped order is posted to a service before the answer. */
export const postingFlow = (origin: string): FlowDocument =>
  flow('Order to service', {
    trigger,
    shape,
    post: {
      kind: 'action',
      title: 'Send the order on',
      use: { connector: 'http', version: '1.0.0', operation: 'request' },
      config: { method: 'POST' },
      input: {
        format: 'weft.mapping/1',
        rules: [
          { id: 'url', to: ['url'], value: { const: `${origin}/orders` } },
          { id: 'body', to: ['body'], value: path('shape') },
        ],
      },
    },
    respond,
  });
