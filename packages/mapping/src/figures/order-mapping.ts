import type { JsonObject } from '@weft/json-schema';
import type { Expression, MappingDocument, Rule } from '../document.ts';

const order = (...segments: string[]): Expression => ({ path: ['trigger', 'body', ...segments] });
const at = (...segments: string[]): Expression => ({ path: segments });
const call = (fn: string, ...args: Expression[]): Expression => ({ fn, args });
const leaf = (to: string, value: Expression, more: Partial<Rule> = {}): Rule => ({ id: to, to: to.split('.'), value, ...more });

/** The order as an ERP wants it: 23 leaf fields, three levels of lists. */
export const orderMapping: MappingDocument = {
  format: 'weft.mapping/1',
  tables: { pay: { paid: 'PAID', pending: 'OPEN' } },
  rules: [
    leaf('number', order('name')),
    leaf('externalId', order('id')),
    leaf('createdAt', order('created_at')),
    leaf('currency', order('currency')),
    leaf('status', call('lookup', order('financial_status'), { table: 'pay' }, { const: 'OTHER' })),
    leaf('memo', call('trim', order('note')), { onNull: 'omit' }),
    leaf('total', order('total_price')),
    leaf('tax', order('total_tax')),
    leaf('customer.name', call('concat', order('customer', 'first_name'), { const: ' ' }, order('customer', 'last_name'))),
    leaf('customer.email', call('lower', order('customer', 'email'))),
    leaf('customer.phone', order('customer', 'phone')),
    leaf('shipTo.street', order('shipping_address', 'address1')),
    leaf('shipTo.city', order('shipping_address', 'city')),
    leaf('shipTo.zip', order('shipping_address', 'zip')),
    leaf('shipTo.country', order('shipping_address', 'country_code')),
    {
      id: 'lines',
      to: ['lines'],
      forEach: { in: order('line_items'), as: 'line', where: call('greaterThan', at('line', 'quantity'), { const: 0 }) },
      rules: [
        leaf('lineNo', call('add', { index: 'line' }, { const: 1 })),
        leaf('article', at('line', 'sku')),
        leaf('quantity', at('line', 'quantity')),
        leaf('amount', call('multiply', at('line', 'quantity'), at('line', 'price'))),
        {
          id: 'deliveries',
          to: ['deliveries'],
          forEach: { in: at('line', 'fulfillments'), as: 'delivery' },
          rules: [
            leaf('from', at('delivery', 'location')),
            leaf('count', at('delivery', 'quantity')),
            {
              id: 'parcels',
              to: ['parcels'],
              forEach: { in: at('delivery', 'trackings'), as: 'parcel' },
              rules: [leaf('carrier', call('upper', at('parcel', 'carrier'))), leaf('trackingNumber', at('parcel', 'number'))],
            },
          ],
        },
      ],
    },
  ],
};

interface Order {
  name?: string; id?: string; created_at?: string; currency?: string; financial_status?: string | null; note?: string | null;
  total_price?: number; total_tax?: number;
  customer?: { first_name?: string; last_name?: string; email?: string | null; phone?: string };
  shipping_address?: { address1?: string; city?: string; zip?: string; country_code?: string };
  line_items?: {
    sku?: string; quantity: number; price: number;
    fulfillments?: { location?: string; quantity?: number; trackings?: { carrier?: string | null; number?: string }[] }[];
  }[];
}

const pay: Record<string, string> = { paid: 'PAID', pending: 'OPEN' };

/**
 * The same by hand, as a careful programmer writes it for this one order: missing fields are omitted, amounts are
 * rounded to cents with `toFixed`. The measure of what generality costs.
 */
export function orderByHand(scope: { trigger: { body: unknown } }): unknown {
  // A careful programmer knows the sender, and so does this code: it is only ever given the sample order.
  const source = scope.trigger.body as Order;
  const { customer, shipping_address: address } = source;
  const made: Record<string, unknown> = {};
  if (source.name !== undefined) made['number'] = source.name;
  if (source.id !== undefined) made['externalId'] = source.id;
  if (source.created_at !== undefined) made['createdAt'] = source.created_at;
  if (source.currency !== undefined) made['currency'] = source.currency;
  const status = source.financial_status;
  made['status'] = status === null || status === undefined || !Object.hasOwn(pay, status) ? 'OTHER' : pay[status];
  if (source.note !== null && source.note !== undefined) made['memo'] = source.note.trim();
  if (source.total_price !== undefined) made['total'] = source.total_price;
  if (source.total_tax !== undefined) made['tax'] = source.total_tax;
  const person: Record<string, unknown> = { name: `${customer?.first_name ?? ''} ${customer?.last_name ?? ''}` };
  if (customer?.email !== undefined) person['email'] = customer.email === null ? null : customer.email.toLowerCase();
  if (customer?.phone !== undefined) person['phone'] = customer.phone;
  made['customer'] = person;
  if (address) {
    const own: Record<string, unknown> = {};
    if (address.address1 !== undefined) own['street'] = address.address1;
    if (address.city !== undefined) own['city'] = address.city;
    if (address.zip !== undefined) own['zip'] = address.zip;
    if (address.country_code !== undefined) own['country'] = address.country_code;
    made['shipTo'] = own;
  }
  if (source.line_items) made['lines'] = linesByHand(source.line_items);
  return made;
}

function linesByHand(items: NonNullable<Order['line_items']>): unknown[] {
  const lines: unknown[] = [];
  for (const [index, item] of items.entries()) {
    if (!(item.quantity > 0)) continue;
    const line: Record<string, unknown> = { lineNo: index + 1 };
    if (item.sku !== undefined) line['article'] = item.sku;
    line['quantity'] = item.quantity;
    line['amount'] = Number((item.quantity * item.price).toFixed(2));
    if (item.fulfillments) {
      line['deliveries'] = item.fulfillments.map((fulfillment) => {
        const delivery: Record<string, unknown> = {};
        if (fulfillment.location !== undefined) delivery['from'] = fulfillment.location;
        if (fulfillment.quantity !== undefined) delivery['count'] = fulfillment.quantity;
        if (fulfillment.trackings) {
          delivery['parcels'] = fulfillment.trackings.map(({ carrier, number }) => {
            const parcel: Record<string, unknown> = {};
            if (carrier !== undefined) parcel['carrier'] = carrier === null ? null : carrier.toUpperCase();
            if (number !== undefined) parcel['trackingNumber'] = number;
            return parcel;
          });
        }
        return delivery;
      });
    }
    lines.push(line);
  }
  return lines;
}

/** A scope with its own copy of an order, as each run gets one. */
export function orderScope(order: JsonObject): { trigger: { body: JsonObject } } {
  return { trigger: { body: order } };
}
