// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import '../locales/i18n.ts';
import { factsOf, ShownData } from './shown-data.tsx';

afterEach(cleanup);

it('shows names with their values, and lists of records as tables', () => {
  const lines = Array.from({ length: 10 }, (_, index) => ({ sku: `TEA-${index}`, quantity: index }));
  render(<ShownData value={{ number: '#2003', customer: { name: 'Ada', city: null }, tags: ['web', 'new'], lines }} />);
  expect(screen.getAllByRole('term').map(({ textContent }) => textContent)).toEqual(['number', 'customer › name', 'customer › city', 'tags']);
  expect(screen.getAllByRole('definition').map(({ textContent }) => textContent)).toEqual(['#2003', 'Ada', '–', 'web, new']);
  const table = within(screen.getByRole('region', { name: 'lines' }));
  expect(table.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual(['sku', 'quantity']);
  expect(table.getAllByRole('row')).toHaveLength(9);
  expect(screen.getByText('And 2 more rows.')).toBeTruthy();
});

it('shows plain values, and nothing where there is nothing', () => {
  expect(factsOf('Yes')).toEqual([{ name: '', text: 'Yes' }]);
  render(<ShownData value={{}} />);
  expect(screen.getByText('This step shows no data.')).toBeTruthy();
});
