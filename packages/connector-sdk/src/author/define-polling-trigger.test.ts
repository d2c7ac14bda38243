import { expect, test } from 'vitest';
import { z } from 'zod';
import { createTestContext } from '../conformance/index.ts';
import { definePollingTrigger, polledPayload } from './define-polling-trigger.ts';

const newTickets = definePollingTrigger({
  id: 'new-tickets',
  title: 'New tickets',
  description: 'Starts the flow when there are new tickets.',
  config: z.object({ queue: z.string().meta({ title: 'Queue' }) }),
  since: { title: 'From this number on', description: 'The number of a ticket.' },
  samples: [{ title: 'A ticket', config: { queue: 'support' }, item: { number: 7 } }],
  itemSchema: { dependsOn: ['config.queue'], read: async () => ({ type: 'object', properties: { number: { type: 'integer' } } }) },
  poll: async (_context, { queue }, { limit }) => ({ items: [{ id: '7', value: { number: 7, queue } }].slice(0, limit), cursor: 7, more: false }),
});

test('the host’s settings join the author’s own', () => {
  const { operation } = newTickets;
  expect(Object.keys(operation.config?.properties ?? {})).toEqual(['queue', 'every', 'deliver', 'first']);
  expect(operation.config?.required).toEqual(['queue']);
  expect(operation).toMatchObject({
    kind: 'trigger',
    trigger: { strategy: 'polling', since: { title: 'From this number on' } },
    samples: [{ output: { item: { number: 7 } } }],
  });
});

test('what a run gets is described from what one item looks like', async () => {
  const read = newTickets.runtime.schemas?.['polled'];
  const context = createTestContext();
  expect(await read?.(context, { config: {} })).toMatchObject({
    properties: { item: { title: 'Item', properties: { number: { type: 'integer' } } } },
    required: ['item', 'polledAt'],
  });
  expect(await read?.(context, { config: { deliver: 'batch' } })).toMatchObject({
    properties: { items: { items: { properties: { number: { type: 'integer' } } } } },
    required: ['items', 'count', 'polledAt'],
  });
});

test('a run gets one item, or all of them', () => {
  const items = [{ id: '1', value: { number: 1 } }, { id: '2', value: { number: 2 } }];
  expect(polledPayload(items.slice(0, 1), 'each', 'now')).toEqual({ item: { number: 1 }, polledAt: 'now' });
  expect(polledPayload(items, 'batch', 'now')).toEqual({ items: [{ number: 1 }, { number: 2 }], count: 2, polledAt: 'now' });
});
