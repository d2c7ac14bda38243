import type { JsonObject } from '@weft/json-schema';

/** An order of about 2 kB, as a shop sends it. */
export const order: JsonObject = {
  id: 'A-2026-004711',
  number: 4711,
  placed_at: '2026-03-02T08:14:31Z',
  currency: 'EUR',
  channel: 'web-shop',
  note: '  Please ring twice, the bell at the back door is broken.  ',
  customer: {
    id: 'C-88213',
    first_name: 'Ingrid',
    last_name: 'Solheim',
    email: 'Ingrid.Solheim@example.com',
    phone: '+47 22 11 33 44',
    vat_number: 'NO 987 654 321 MVA',
  },
  shipping: {
    method: 'home-delivery',
    address: { street: 'Storgata 14 B', zip: '0184', city: 'Oslo', country: 'no' },
    instructions: 'Third floor, no lift. Leave with the neighbour if nobody answers.',
  },
  billing: { address: { street: 'Postboks 1182 Sentrum', zip: '0107', city: 'Oslo', country: 'no' }, terms: 'net-14' },
  totals: { net: 1843.2, tax: 460.8, gross: 2304, shipping: 79 },
  lines: Array.from({ length: 8 }, (_, index) => ({
    sku: `SKU-${1000 + index * 37}`,
    title: `Handmade stoneware bowl, glaze number ${index + 1}`,
    quantity: (index % 3) + 1,
    unit_price: 49.9 + index * 12.5,
    discount: index % 2 === 0 ? 0 : 5,
    warehouse: 'OSL-2',
  })),
  tags: ['repeat-customer', 'gift-wrap', 'newsletter'],
};

/** What leaves: 20 fields and one object per line. */
export interface MappedOrder {
  reference: string;
  orderNumber: number;
  orderedAt: string;
  currency: string;
  source: string;
  remark: string;
  customerId: string;
  customerName: string;
  email: string;
  phone: string;
  vatNumber: string;
  deliveryMethod: string;
  street: string;
  postalCode: string;
  city: string;
  countryCode: string;
  paymentTerms: string;
  netAmount: number;
  taxAmount: number;
  grossAmount: number;
  lines: { lineNo: number; article: string; description: string; quantity: number; price: number; amount: number }[];
}
