import { RetryableError, TerminalError } from '@weft/connector-sdk';
import { expect, test } from 'vitest';
import { backoffMs } from './poller.ts';

test('a source that fails is asked after twice the time, up to an hour, and never sooner than its interval', () => {
  const minute = 60_000;
  const failed = new TerminalError('no');
  expect([1, 2, 3, 20].map((failures) => backoffMs(minute, failures, failed))).toEqual([minute, 2 * minute, 4 * minute, 60 * minute]);
  expect(backoffMs(24 * 60 * minute, 1, failed)).toBe(24 * 60 * minute);
});

test('a service that says how long to wait is obeyed', () => {
  expect(backoffMs(30_000, 1, new RetryableError('later', { retryAfterMs: 600_000 }))).toBe(600_000);
});
