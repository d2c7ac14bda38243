import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { childController, sleep } from './child-controller.ts';

const cause = new Error('The run was cancelled.');

test('children abort with their parent and for its reason, also those of a parent that has aborted', () => {
  const parent = new AbortController();
  const [first, second] = [childController(parent.signal), childController(parent.signal)];
  const grandchild = childController(second.signal);
  parent.abort(cause);
  for (const { signal } of [first, second, grandchild, childController(parent.signal)]) expect(signal.reason).toBe(cause);
});

test('a child that aborts on its own leaves its parent and its siblings alone', () => {
  const parent = new AbortController();
  const [child, sibling] = [childController(parent.signal), childController(parent.signal)];
  child.abort(cause);
  expect([child.signal.aborted, sibling.signal.aborted, parent.signal.aborted]).toEqual([true, false, false]);
});

test('a child that was released no longer hears its parent', () => {
  const parent = new AbortController();
  const [gone, kept] = [childController(parent.signal), childController(parent.signal)];
  gone.release();
  parent.abort(cause);
  expect([gone.signal.aborted, kept.signal.aborted]).toEqual([false, true]);
});

test('a loop of calls adds one listener to its signal, however long it is', async () => {
  const loop = new AbortController();
  for (let item = 0; item < 1_000; item += 1) childController(loop.signal).release();
  const open = Array.from({ length: 20 }, () => childController(loop.signal));
  await sleep(1, loop.signal);
  expect(getEventListeners(loop.signal, 'abort')).toHaveLength(1);
  loop.abort(cause);
  expect(open.every(({ signal }) => signal.aborted)).toBe(true);
});

test('a sleep ends with its signal', async () => {
  const controller = new AbortController();
  const sleeping = sleep(60_000, controller.signal);
  controller.abort(cause);
  await expect(sleeping).rejects.toBe(cause);
  await expect(sleep(60_000, controller.signal)).rejects.toBe(cause);
});
