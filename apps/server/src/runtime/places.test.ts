import { expect, test } from 'vitest';
import { createPlaces } from './places.ts';

const { signal } = new AbortController();

test('no more hold a place at once than there are, and those who wait get them in their order', async () => {
  const take = createPlaces();
  const order: number[] = [];
  let now = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 10 }, async (_, index) => {
      const giveBack = await take('shop', 3, signal);
      order.push(index);
      most = Math.max(most, (now += 1));
      await new Promise(setImmediate);
      now -= 1;
      giveBack();
    }),
  );
  expect(most).toBe(3);
  expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('a place that is given back twice is free once, and other names have places of their own', async () => {
  const take = createPlaces();
  const giveBack = await take('shop', 1, signal);
  await take('mail', 1, signal);
  giveBack();
  giveBack();
  await take('shop', 1, signal);
  const third = take('shop', 1, AbortSignal.abort(new Error('full')));
  await expect(third).rejects.toThrow('full');
});

test('who gives up waiting is left out, and nobody loses a place by it', async () => {
  const take = createPlaces();
  const giveBack = await take('shop', 1, signal);
  const impatient = new AbortController();
  const gone = take('shop', 1, impatient.signal);
  const patient = take('shop', 1, signal);
  impatient.abort(new Error('cancelled'));
  await expect(gone).rejects.toThrow('cancelled');
  giveBack();
  await expect(patient).resolves.toBeTypeOf('function');
});
