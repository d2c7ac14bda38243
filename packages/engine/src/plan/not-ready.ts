import type { RunError } from '../journal.ts';

/** A step that cannot be planned: its operation or its settings do not hold. */
export class NotReady extends Error {
  readonly error: RunError;
  constructor(error: RunError) {
    super(error.message);
    this.name = 'NotReady';
    this.error = error;
  }
}
