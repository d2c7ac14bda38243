import { describe, expect, it } from 'vitest';
import { allFaults } from './all-faults.ts';

/** A few cases of each; all of them are `npm run bench -- faults`. */
describe('a running Weft survives', () => {
  it.for(allFaults)('$title', { timeout: 180_000 }, async ({ run, short }) => {
    expect(await run(short)).toEqual([]);
  });
});
