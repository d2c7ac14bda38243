import type { JsonObject } from '@weft/connector-sdk';

/** A row as shops have them: numbers, texts, a moment, a flag, a little JSON. */
export const orderRow = (id: number): JsonObject => ({
  id,
  number: `A-${String(id).padStart(8, '0')}`,
  customer: `Customer ${id % 997}`,
  email: `customer${id % 997}@example.com`,
  total: id * 1.25 + 0.5,
  quantity: (id % 9) + 1,
  paid: id % 3 !== 0,
  placed_at: '2026-03-01T09:30:00.000Z',
  note: 'Please ring twice and leave it with the neighbour.',
  address: { street: `Road ${id % 89}`, city: 'Bern', zip: '3000' },
});
