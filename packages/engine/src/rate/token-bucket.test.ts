import fc from 'fast-check';
import { expect, test } from 'vitest';
import { takeToken, type RateLimit } from './token-bucket.ts';

const limits = fc.record({ calls: fc.integer({ min: 1, max: 200 }), perMs: fc.constantFrom(1_000, 60_000, 3_600_000) });

/** When the calls happen that are asked for after these pauses. */
function callsAt(limit: RateLimit, pauses: readonly number[]): number[] {
  let now = 1_000_000;
  let fullAt: number | undefined;
  return pauses.map((pause) => {
    now += pause;
    const taken = takeToken(limit, now, fullAt);
    fullAt = taken.fullAt;
    return now + taken.waitMs;
  });
}

test('no stretch of time sees more calls than the limit allows, whenever they are asked for', () => {
  fc.assert(
    fc.property(limits, fc.array(fc.oneof(fc.constant(0), fc.nat(200), fc.nat(10_000)), { maxLength: 600 }), (limit, pauses) => {
      const calls = callsAt(limit, pauses);
      for (let first = 0; first + limit.calls < calls.length; first += 1) {
        // One more than allowed: they must not fit into one stretch.
        expect(calls[first + limit.calls]! - calls[first]!).toBeGreaterThanOrEqual(limit.perMs - 1);
      }
    }),
  );
});

test('calls keep the order in which they were asked for', () => {
  fc.assert(
    fc.property(limits, fc.array(fc.nat(500), { maxLength: 300 }), (limit, pauses) => {
      const calls = callsAt(limit, pauses);
      expect(calls).toEqual(calls.toSorted((a, b) => a - b));
    }),
  );
});

test('under load nearly the whole limit is used, and a caller now and then does not wait', () => {
  const limit = { calls: 100, perMs: 60_000 };
  const calls = callsAt(limit, Array.from({ length: 1_000 }, () => 0));
  expect((1_000 / (calls.at(-1)! - calls[0]!)) * 60_000).toBeGreaterThan(90);
  expect(callsAt(limit, [0, 10_000, 10_000])).toEqual([1_000_000, 1_010_000, 1_020_000]);
  expect(callsAt({ calls: 1, perMs: 1_000 }, [0, 0, 0])).toEqual([1_000_000, 1_001_000, 1_002_000]);
});
