import { connectors } from '@weft/connectors';
import { catalogueOf } from '@weft/flow';
import type { JsonObject } from '@weft/json-schema';
import { expect, test } from 'vitest';
import { flowOf } from '../../../test/flow-parts.ts';
import { pollingOf } from './polling-trigger.ts';

const catalogue = catalogueOf(connectors.map(({ descriptor }) => descriptor));

function polled(config: JsonObject, more: { connection?: string } = {}) {
  const trigger = { kind: 'trigger' as const, title: 'New', use: { connector: 'http', version: '1.0.0', operation: 'new-items' }, config, ...more };
  return pollingOf(flowOf({ trigger }), catalogue);
}

test('the settings of the host are taken out, the others are the source’s, with the defaults that it declares', () => {
  expect(polled({ url: 'https://example.com/orders', list: 'orders', idField: 'id' })).toMatchObject({
    config: { url: 'https://example.com/orders', list: 'orders', idField: 'id', order: 'newest' },
    intervalMs: 300_000,
    deliver: 'each',
    first: 'baseline',
  });
});

// Cursors in databases stand under these names: another name would make a source be read from its beginning.
test('the name of a source is the same in every build, whatever the host is told about reading it', () => {
  expect(polled({ url: 'https://example.com/orders', list: 'orders', idField: 'id' })?.source).toBe('pAO8JviFyhqJ');
  const byTime = { idField: 'id', url: 'https://example.com/orders', order: 'oldest', sinceField: 'at' };
  const often = polled({ ...byTime, every: '30s', deliver: 'batch', first: 'everything' }, { connection: 'conn_1' });
  expect([often?.source, polled(byTime, { connection: 'conn_1' })?.source]).toEqual(['2Wmdpcve6lo-', '2Wmdpcve6lo-']);
});
