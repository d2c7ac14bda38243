import type { JsonObject } from '@weft/json-schema';

/** An order of about 2 kB as a shop sends it: lists in lists in lists. */
export const sampleOrder: JsonObject = {
  id: 'ord_8841', name: '#1042', created_at: '2025-01-31T14:30:00+01:00', currency: 'EUR', financial_status: 'paid', note: '  Please ring twice  ',
  total_price: 318.6, total_tax: 53.1, test: false, source_name: 'web', tags: ['vip', 'gift'],
  customer: { id: 7711, first_name: 'Ada', last_name: 'Lovelace', email: 'Ada.Lovelace@Example.com', phone: '+47 555 01 23', orders_count: 12 },
  shipping_address: { address1: 'Karl Johans gate 1', address2: null, city: 'Oslo', zip: '0154', country_code: 'NO', province: null },
  line_items: [
    {
      id: 1, sku: 'KETTLE-1L', title: 'Kettle, 1 litre', quantity: 2, price: 49.9, vendor: 'Hearth', taxable: true,
      fulfillments: [
        { location: 'OSL-1', quantity: 1, trackings: [{ carrier: 'posten', number: 'PN100200300' }, { carrier: 'dhl', number: 'DH99' }] },
        { location: 'BGO-2', quantity: 1, trackings: [{ carrier: 'posten', number: 'PN100200301' }] },
      ],
    },
    {
      id: 2, sku: 'CUP-SET-6', title: 'Cups, set of six', quantity: 3, price: 62.6, vendor: 'Hearth', taxable: true,
      fulfillments: [{ location: 'OSL-1', quantity: 3, trackings: [{ carrier: 'posten', number: 'PN100200302' }] }],
    },
    { id: 3, sku: 'GIFT-WRAP', title: 'Gift wrapping', quantity: 1, price: 31, vendor: null, taxable: false, fulfillments: [] },
    {
      id: 4, sku: 'TEA-GREEN', title: 'Green tea, 250 g', quantity: 0, price: 12.5, vendor: 'Leaf & Co', taxable: true,
      fulfillments: [{ location: 'OSL-1', quantity: 0, trackings: [] }],
    },
  ],
  billing_address: { address1: 'Postboks 1', address2: null, city: 'Oslo', zip: '0101', country_code: 'NO', province: null },
  client_details: {
    browser_ip: '192.0.2.44', accept_language: 'nb-NO', user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:134.0) Gecko/20100101 Firefox/134.0',
    session_hash: '9f86d081884c7d659a2feaa0c55ad015',
  },
  landing_site: '/collections/kitchen?utm_source=newsletter&utm_medium=email', referring_site: 'https://www.example.com/',
  discount_codes: [{ code: 'WINTER', amount: 10 }, { code: 'VIP', amount: 5.5 }],
};
