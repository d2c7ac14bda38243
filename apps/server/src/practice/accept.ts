import { isObject, type Json, type JsonObject } from '@weft/json-schema';
import type { PracticeKind } from './records.ts';

/** What the practice ERP and ticket list make of a body: an answer once it has its number, or the field that is wrong. */
export type Acceptance = { answer(number: string): JsonObject } | { field: string; message: string };

export const accept: Record<PracticeKind, (body: Json) => Acceptance> = {
  orders(body) {
    if (!isObject(body)) return { field: '', message: 'An order is a JSON object.' };
    const lines = ['lines', 'line_items', 'items'].map((field) => body[field]).find(Array.isArray) ?? [];
    return {
      answer: (number) => ({
        id: number,
        order: body['order'] ?? body['order_id'] ?? body['orderId'] ?? body['id'] ?? null,
        status: 'accepted',
        lines: lines.length,
        received_at: new Date().toISOString(),
      }),
    };
  },
  reservations(body) {
    if (!isObject(body)) return { field: '', message: 'A reservation is a JSON object.' };
    const { order = null, sku, quantity } = body;
    if (typeof sku !== 'string' || sku === '') return { field: 'sku', message: 'Which article? Send its “sku” as text.' };
    if (typeof quantity !== 'number' || !Number.isInteger(quantity) || quantity < 1) {
      return { field: 'quantity', message: 'How many? Send “quantity” as a whole number above 0.' };
    }
    return { answer: (number) => ({ id: number, order, sku, quantity, status: 'reserved' }) };
  },
  tickets(body) {
    if (!isObject(body)) return { field: '', message: 'A ticket is a JSON object.' };
    const { title, priority = 'normal' } = body;
    if (typeof title !== 'string' || title === '') return { field: 'title', message: 'What is it about? Send a “title” as text.' };
    return { answer: (number) => ({ id: number, title, priority, status: 'open', created_at: new Date().toISOString() }) };
  },
};
