import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { allFaults } from './all-faults.ts';
import { startWeftUnderTest, type WeftUnderTest } from './weft-under-test.ts';

/** A few cases of each; all of them are `npm run bench -- faults`. */
describe('a running Weft survives', () => {
  let weft: WeftUnderTest;
  beforeAll(async () => {
    weft = await startWeftUnderTest();
  }, 60_000);
  beforeEach(() => weft.forget());
  afterAll(() => weft.dispose());

  it.for(allFaults.filter(({ short }) => short > 0))('$title', { timeout: 180_000 }, async ({ run, short }) => {
    expect(await run(short, weft)).toEqual([]);
  });
});
