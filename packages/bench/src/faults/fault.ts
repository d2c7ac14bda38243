/** One way in which the world goes wrong around a running Weft, tried many times. */
export interface Fault {
  title: string;
  /** So many cases belong to a whole run; the flag `--scale` makes it fewer, never none. */
  cases: number;
  /** So many in the short form that belongs to the tests. */
  short: number;
  /**
   * Tries so many cases against real processes.
   * @returns one sentence for each case that broke a promise; empty when all held.
   */
  run(cases: number): Promise<string[]>;
}
