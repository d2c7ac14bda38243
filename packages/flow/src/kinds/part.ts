import type { JsonSchema } from '@weft/json-schema';
import type { Expression, MappingDocument } from '@weft/mapping';
import type { OperationUse } from './step-base.ts';

/**
 * Something in a step that the rest of the flow, or of the workspace, has to do with. A kind names all of them once; checks, renames,
 * references, adoption and the editor go through them and know no kinds.
 */
export type Part = MappingPart | ExpressionPart | OperationPart | NamePart | CallPart | UsersPart;

interface PartBase {
  /** Where in the step it stands; `[]` is the step itself. */
  path: readonly string[];
  /** It stands there and, with the step's other settings, is not used: it is kept, renamed and unbound like the others, and not checked. */
  unused?: boolean;
}

/** The mapping that fills what the kind's `target` describes. A step has one at most. */
export interface MappingPart extends PartBase {
  mapping: MappingDocument | undefined;
}

/** That an expression is missing is the kind's own problem. */
export interface ExpressionPart extends PartBase {
  expression: Expression | undefined;
  /** What it must give. Default: anything. */
  expect?: JsonSchema;
  /** It also reads the item of this loop and the steps inside. Default: what the step may read. */
  readsInside?: boolean;
}

/** What an operation is used for. A signal is received as a trigger is, and starts nothing. */
export type OperationRole = 'trigger' | 'action' | 'source' | 'signal';

/** An operation with its settings and its connection, at the place of the object that holds the three. */
export interface OperationPart extends PartBase {
  operation: OperationUse;
  role: OperationRole;
}

/** A name that paths of other steps may begin with, beside the step's id. */
export interface NamePart extends PartBase {
  name: string;
}

/** Another flow of the workspace, at the place of the object that holds its id and its version. */
export interface CallPart extends PartBase {
  /** `flow` is empty while none is chosen; `version` is set by publishing. */
  call: { flow: string; version?: number };
}

/** Ids of people of the workspace. */
export interface UsersPart extends PartBase {
  users: string[];
}
