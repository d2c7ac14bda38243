import type { Json, JsonSchema } from '@weft/json-schema';

/** Which operation a step uses; versions are exact. */
export interface OperationRef {
  connector: string;
  version: string;
  operation: string;
}

/** An operation as it is used: with its settings, and with whose credentials. */
export interface OperationUse {
  use: OperationRef;
  config?: Record<string, Json>;
  /** Id of the connection whose credentials the operation gets. */
  connection?: string;
}

export interface Sample {
  title: string;
  output: Json;
}

/** What a step of every kind has. */
export interface StepBase {
  title: string;
  /** The forEach step this one belongs to. */
  in?: string;
  /** A person's note to themselves, shown on the step. */
  note?: string;
  schemas?: {
    /** Describes what the operation leaves open in its input (an HTTP body, an answer, a transform's target). */
    input?: JsonSchema;
    /** Learned from samples, where the operation does not declare its output. */
    output?: JsonSchema;
  };
  samples?: Sample[];
  /** Index in `samples`: test runs use this output instead of running the step. */
  pinned?: number;
}

/**
 * Stands where an imported step had a connection of another workspace: nobody's, so it runs with nothing, and a problem until one is
 * chosen or the step is said to do without.
 */
export const connectionTakenOut = 'taken_out';
