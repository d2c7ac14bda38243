import type { Json, SchemaValidator } from '@weft/json-schema';
import type { Catalogue } from '@weft/flow';
import type { JournalEntry } from '../journal.ts';
import type { Block } from '../plan/plan.ts';
import type { MomentOf, StepEnd } from '../run/run-state.ts';

/** What a step is made ready with. */
export interface Surroundings {
  catalogue: Catalogue;
  validator: SchemaValidator;
  /** The steps inside this one; empty for all but loops. */
  inner: Block;
}

/**
 * All that the engine knows of one kind of step: what it does. Its document and its checks are in the flow package.
 * @typeParam S - the step as the document has it.
 * @typeParam W - the step made ready to run.
 */
export interface Executor<S, W extends { kind: string }> {
  /**
   * Makes a step ready, once per document.
   * @throws {NotReady} or what compiling throws: a draft may be unfinished in any way, and the step fails with it where a run gets there.
   */
  plan(step: S, around: Surroundings): W;
  /** Does the step. Gives a promise only where it has to wait for something outside. */
  execute(moment: MomentOf<W>): StepEnd | Promise<StepEnd>;
  /** Ends the step as the journal says it ended: in an earlier process, or in the run that is replayed. */
  resume(moment: MomentOf<W>, entry: JournalEntry): StepEnd;
  /** Where a test run goes on from a pinned output; undefined: nowhere, as after a filter that said no. Absent: a pin does not replace the step. */
  portOfPin?(work: W, output: Json): string | undefined;
  /**
   * Which part of a stream does it for the records; see `Stage`. Whether it may stand in one is said by the flow package's
   * declaration. Default `plain`: it works something out and gives no promise.
   */
  stageOf?(work: W): 'plain' | 'calls' | 'sink';
}

/** Most kinds have one way on. */
export const goesOn = (): string => 'next';
