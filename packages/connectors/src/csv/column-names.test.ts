import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnNames, rowMaker } from './column-names.ts';

const header = fc.array(fc.constantFrom('a', 'a 2', 'a 3', ' a ', '', 'column2', 'column3 2', 'b', '__proto__'), { maxLength: 12 });

test('every column has a name of its own, and those that stand in the file only once keep theirs', () => {
  fc.assert(
    fc.property(header, fc.nat(4), (names, more) => {
      const made = columnNames(names, names.length + more);
      expect(new Set(made).size).toBe(names.length + more);
      const trimmed = names.map((name) => name.trim());
      const kept = trimmed.flatMap((name, at) => (name !== '' && trimmed.indexOf(name) === at ? [at] : []));
      expect(kept.map((at) => made[at])).toEqual(kept.map((at) => trimmed[at]));
    }),
  );
});

test('a row that is too long has its cells under the names that a longer header would give them', () => {
  fc.assert(
    fc.property(header, fc.array(fc.nat(20), { maxLength: 6 }), (names, widths) => {
      const columns = columnNames(names, names.length);
      const toRow = rowMaker(columns);
      for (const width of widths) {
        const cells = Array.from({ length: width }, (_, at) => `c${at}`);
        expect(Object.entries(toRow(cells))).toEqual(columnNames(columns, width).map((name, at) => [name, cells[at]]));
      }
    }),
  );
});

test('twenty thousand columns of one name take as long as twenty thousand of different ones', () => {
  const names = columnNames(Array<string>(20_000).fill('a'), 20_000);
  expect([names[0], names[1], names.at(-1)]).toEqual(['a', 'a 2', 'a 20000']);
  const row = rowMaker(['a'])(Array<string>(20_000).fill('x'));
  expect(Object.keys(row)).toHaveLength(20_000);
});
