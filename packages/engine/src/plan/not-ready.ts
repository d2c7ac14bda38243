import type { RunError } from '../journal.ts';

/** A step cannot be made ready to run. */
export class NotReady extends Error {
  readonly error: RunError;
  constructor(error: RunError) {
    super(error.message);
    this.name = 'NotReady';
    this.error = error;
  }
}
