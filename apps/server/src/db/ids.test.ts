import { expect, test } from 'vitest';
import { newId } from './ids.ts';

test('ids carry their prefix and are UUIDs of version 7', () => {
  expect(newId('flow')).toMatch(/^flow_[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('ids made later sort later, also many in one millisecond', () => {
  const ids = Array.from({ length: 20_000 }, () => newId('run'));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});
