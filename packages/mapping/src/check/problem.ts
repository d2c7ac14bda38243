import type { MappingDocument } from '../document.ts';

export type MappingProblemCode =
  | 'mapping.required'
  | 'mapping.sourceGone'
  | 'mapping.targetGone'
  | 'mapping.type'
  | 'mapping.mayBeMissing'
  | 'mapping.listToSingle'
  | 'mapping.singleToList'
  | 'mapping.loopScope'
  | 'mapping.duplicateTarget'
  | 'mapping.parentAndChild'
  | 'mapping.input'
  | 'mapping.constant'
  | 'mapping.output'
  | 'mapping.fails'
  | 'mapping.incomplete';

/** Something in a mapping that a person should mend. Errors block publishing, warnings do not. */
export interface MappingProblem {
  code: MappingProblemCode;
  severity: 'error' | 'warning';
  ruleId?: string;
  /** The place in the target; `0` stands for every item of a list. */
  path?: string[];
  /** A sentence for a business user, with what to do. */
  message: string;
  /** One click that mends it, only where it is certain what it does. */
  fixes?: MappingFix[];
}

export interface MappingFix {
  title: string;
  /** Pure: gives the mended document. */
  apply(document: MappingDocument): MappingDocument;
}
