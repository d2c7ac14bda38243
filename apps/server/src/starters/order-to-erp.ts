import { inferSchema, type JsonObject } from '@weft/json-schema';
import type { FlowDocument } from '@weft/flow';
import { StarterUnavailable, type Starter } from './starter.ts';

/** Webhook with a nested order → for each line → HTTP POST → respond with the collected results. */
export const orderToErp: Starter = {
  id: 'order-to-erp',
  title: 'Order to ERP',
  description: 'A web shop sends an order; each line is reserved in the practice ERP, and the shop gets all reservations back.',
  connectors: ['webhook', 'http'],
  async create({ practiceUrl }) {
    if (!practiceUrl) {
      throw new StarterUnavailable('This starter calls the practice service, which is switched off. An administrator can switch it on under Settings.');
    }
    return flow(practiceUrl);
  },
};

const order: JsonObject = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  query: {},
  body: {
    order_id: 'SO-20417',
    placed_at: '2026-03-14T09:26:53Z',
    currency: 'NOK',
    customer: {
      id: 'C-1042',
      name: 'Fjord Kaffe AS',
      email: 'innkjop@fjordkaffe.example',
      address: { street: 'Strandgaten 12', city: 'Bergen', postal_code: '5013', country: 'NO' },
    },
    line_items: [
      { sku: 'BEAN-ETH-1KG', title: 'Ethiopia Yirgacheffe, 1 kg', quantity: 12, unit_price: 189.5 },
      { sku: 'FILTER-V60-100', title: 'Paper filters V60, 100 pieces', quantity: 30, unit_price: 64 },
      { sku: 'MUG-STONE-03', title: 'Stoneware mug', quantity: 6, unit_price: 149 },
    ],
    note: null,
  },
};

const body = (...path: string[]) => ({ path: ['trigger', 'body', ...path] });
const line = (...path: string[]) => ({ path: ['line', ...path] });

function flow(practiceUrl: string): FlowDocument {
  return {
    format: 'weft.flow/1',
    title: 'Order to ERP',
    description: 'Reserves every line of an order and answers with the reservations.',
    steps: {
      trigger: {
        kind: 'trigger',
        title: 'Order received',
        use: { connector: 'webhook', version: '1.0.0', operation: 'receive' },
        config: { path: 'orders', method: 'POST', respond: 'when-finished' },
        samples: [{ title: 'An order with three lines', output: order }],
        schemas: { output: inferSchema([order]) },
      },
      each: {
        kind: 'forEach',
        title: 'For each line',
        items: body('line_items'),
        as: 'line',
        concurrency: 1,
        onItemError: 'collect',
        collect: { path: ['reserve', 'body'] },
      },
      reserve: {
        kind: 'action',
        title: 'Reserve in the ERP',
        in: 'each',
        use: { connector: 'http', version: '1.0.0', operation: 'request' },
        config: { method: 'POST' },
        schemas: {
          input: {
            type: 'object',
            properties: {
              body: {
                type: 'object',
                properties: {
                  order: { type: 'string' },
                  customer: { type: 'string' },
                  sku: { type: 'string' },
                  description: { type: 'string' },
                  quantity: { type: 'integer' },
                  amount: { type: 'number' },
                  currency: { type: 'string' },
                },
                required: ['order', 'sku', 'quantity'],
              },
            },
          },
          output: inferSchema([reservation]),
        },
        samples: [{ title: 'A reservation', output: reservation }],
        input: {
          format: 'weft.mapping/1',
          rules: [
            { id: 'url', to: ['url'], value: { const: `${practiceUrl}/erp/reservations` } },
            { id: 'order', to: ['body', 'order'], value: body('order_id') },
            { id: 'customer', to: ['body', 'customer'], value: body('customer', 'id') },
            { id: 'sku', to: ['body', 'sku'], value: line('sku') },
            { id: 'description', to: ['body', 'description'], value: line('title') },
            { id: 'quantity', to: ['body', 'quantity'], value: line('quantity') },
            {
              id: 'amount',
              to: ['body', 'amount'],
              value: { fn: 'round', args: [{ fn: 'multiply', args: [line('quantity'), line('unit_price')] }, { const: 2 }] },
            },
            { id: 'currency', to: ['body', 'currency'], value: { fn: 'upper', args: [body('currency')] } },
          ],
        },
        retry: { attempts: 3, backoff: 'exponential', delayMs: 500 },
        timeoutMs: 10_000,
      },
      respond: {
        kind: 'respond',
        title: 'Answer the shop',
        schemas: {
          input: {
            type: 'object',
            properties: {
              body: {
                type: 'object',
                properties: {
                  order: { type: 'string' },
                  customer: { type: 'string' },
                  reserved: { type: 'integer' },
                  failed: { type: 'integer' },
                  reservations: {
                    type: 'array',
                    items: {
                      type: 'object',
                      properties: { id: { type: 'string' }, sku: { type: 'string' }, quantity: { type: 'integer' } },
                      required: ['id'],
                    },
                  },
                },
                required: ['order'],
              },
            },
          },
        },
        input: {
          format: 'weft.mapping/1',
          rules: [
            { id: 'status', to: ['status'], value: { const: 200 } },
            { id: 'order', to: ['body', 'order'], value: body('order_id') },
            { id: 'customer', to: ['body', 'customer'], value: body('customer', 'name') },
            { id: 'reserved', to: ['body', 'reserved'], value: { path: ['each', 'succeeded'] } },
            { id: 'failed', to: ['body', 'failed'], value: { path: ['each', 'failed'] } },
            {
              id: 'reservations',
              to: ['body', 'reservations'],
              forEach: { in: { path: ['each', 'items'] }, as: 'reservation' },
              rules: [
                { id: 'rid', to: ['id'], value: { path: ['reservation', 'id'] } },
                { id: 'rsku', to: ['sku'], value: { path: ['reservation', 'sku'] } },
                { id: 'rquantity', to: ['quantity'], value: { path: ['reservation', 'quantity'] } },
              ],
            },
          ],
        },
      },
    },
    edges: [
      { from: ['trigger', 'next'], to: 'each' },
      { from: ['each', 'next'], to: 'respond' },
    ],
    layout: { trigger: [0, 0], each: [304, 0], reserve: [72, 88], respond: [744, 0] },
    notes: [],
  };
}

/** What the practice ERP answers; a test holds the two together. */
const reservation: JsonObject = {
  status: 201,
  headers: { 'content-type': 'application/json' },
  body: { id: 'RES-000001', order: 'SO-20417', sku: 'BEAN-ETH-1KG', quantity: 12, status: 'reserved' },
};
