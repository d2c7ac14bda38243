import type { Json } from '@weft/json-schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataRows, openAtFirst, rowKey, searchData } from './data-rows.ts';
import { cellOf, tablesIn } from './data-table.ts';

const order: Json = { id: 7, customer: { name: 'Ada', vip: true }, lines: [{ sku: 'A' }, { sku: 'B', qty: 2 }] };
const everything = () => true;

describe('the rows of a payload', () => {
  it('show names, depth and one line of what is inside', () => {
    const rows = dataRows(order, everything);
    expect(rows.map((row) => `${'·'.repeat(row.depth)}${row.name}`)).toEqual([
      'id', 'customer', '·name', '·vip', 'lines', '·0', '··sku', '·1', '··sku', '··qty',
    ]);
    expect(rows.find((row) => row.name === 'customer')?.preview).toBe('name: Ada, vip: true');
  });

  it('leave out what is closed', () => {
    expect(dataRows(order, () => false).map((row) => row.name)).toEqual(['id', 'customer', 'lines']);
  });

  it('show a plain payload as one row', () => {
    expect(dataRows('done', everything).map((row) => row.preview)).toEqual(['done']);
  });

  it('do not open a long list at first', () => {
    const long: Json = { few: [1, 2], many: Array.from({ length: 100_000 }, (_, index) => index) };
    const open = openAtFirst(long);
    expect(open.has(rowKey(['few']))).toBe(true);
    expect(open.has(rowKey(['many']))).toBe(false);
  });

  it('are as many as the payload has values when all is open', () => {
    const count = (value: Json): number =>
      typeof value === 'object' && value !== null ? Object.values(value).reduce<number>((sum, inner) => sum + 1 + count(inner), 0) : 0;
    fc.assert(
      fc.property(fc.object({ maxDepth: 4, values: [fc.string(), fc.integer(), fc.boolean(), fc.constant(null)] }), (value) => {
        expect(dataRows(value as Json, everything)).toHaveLength(count(value as Json));
      }),
    );
  });
});

describe('searching', () => {
  it('finds names and values and opens the way to them', () => {
    const found = searchData(order, 'b');
    expect([...found.hits]).toEqual([rowKey(['lines', '1', 'sku'])]);
    expect(found.open).toContain(rowKey(['lines', '1']));
    expect([...searchData(order, 'SKU').hits]).toHaveLength(2);
  });

  it('stops at its limit and says so', () => {
    expect(searchData(Array.from({ length: 50 }, () => 'x'), 'x', 10)).toMatchObject({ more: true });
  });
});

describe('tables', () => {
  it('are found inside a payload, with the columns of all rows', () => {
    const [table] = tablesIn(order);
    expect(table).toMatchObject({ path: ['lines'], columns: ['sku', 'qty'] });
    expect(cellOf(table?.rows[0], 'qty')).toBeUndefined();
    expect(cellOf(table?.rows[1], 'qty')).toBe(2);
  });

  it('are not made of plain values', () => {
    expect(tablesIn([1, 2, 3])).toEqual([]);
  });
});
