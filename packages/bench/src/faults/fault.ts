import type { WeftUnderTest } from './weft-under-test.ts';

/** One way in which the world goes wrong around a running Weft, tried many times. */
export interface Fault {
  title: string;
  /** So many cases belong to a whole run; the flag `--scale` makes it fewer, never none. */
  cases: number;
  /** So many in the short form that belongs to the tests; 0 where that would take too long for what other tests show. */
  short: number;
  /**
   * Tries so many cases.
   * @param weft - a process of the product that other faults have met before; what they left in it is not seen.
   * @returns one sentence for each case that broke a promise; empty when all held.
   */
  run(cases: number, weft: WeftUnderTest): Promise<string[]>;
}
