import { expect, it } from 'vitest';
import { daysBetween } from './days-between.ts';

it('takes in the whole first and the whole last day of the reader', () => {
  const { since = '', before = '' } = daysBetween('2026-03-12', '2026-03-12');
  expect(new Date(since).toString()).toContain('Mar 12 2026 00:00:00');
  expect(new Date(before).toString()).toContain('Mar 13 2026 00:00:00');
  expect(daysBetween(undefined, undefined)).toEqual({});
  expect(daysBetween('2026-02-28', undefined)).toEqual({ since: new Date(2026, 1, 28).toISOString() });
});
