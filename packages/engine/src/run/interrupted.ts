import { LeaseLost } from '../substrate.ts';

/** The process stops: the run is left as it is and goes on at the next start. Never written into a journal. */
export class Interrupted extends Error {
  constructor() {
    super('The process stops; the run goes on at the next start.');
    this.name = 'Interrupted';
  }
}

/** Why something in flight is given up because its run, or its item, has ended for another reason. */
export class Superseded extends Error {
  constructor() {
    super('The run ended while this step was in flight: whether it took effect is not known.');
    this.name = 'Superseded';
  }
}

/** True for what ends the work on a run without being a fact about any of its steps. */
export const isInterruption = (error: unknown): error is Interrupted | LeaseLost | StoreFailed =>
  error instanceof Interrupted || error instanceof LeaseLost || error instanceof StoreFailed;

/** The store did not take a commit, however often it was tried: the run is given back, to begin again where the store has it. */
export class StoreFailed extends Error {
  constructor(cause: unknown) {
    super(`The run could not be stored: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'StoreFailed';
  }
}
