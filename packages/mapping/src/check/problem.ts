import type { Said, SentenceRef } from '@weft/sentences';
import type { MappingDocument } from '../document.ts';

export type MappingProblemCode =
  | 'mapping.required'
  | 'mapping.sourceGone'
  | 'mapping.targetGone'
  | 'mapping.targetName'
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

/** Something in a mapping that a person should mend, with what to do. Errors block publishing, warnings do not. */
export interface MappingProblem extends Said {
  code: MappingProblemCode;
  severity: 'error' | 'warning';
  ruleId?: string;
  /** The place in the target; `0` stands for every item of a list. */
  path?: string[];
  /** One click that mends it, only where it is certain what it does. */
  fixes?: MappingFix[];
}

export interface MappingFix {
  title: string;
  /** `title`, as what it can be said by in another language. */
  sentence: SentenceRef;
  /** Pure: gives the mended document. */
  apply(document: MappingDocument): MappingDocument;
}

/** A fix of this title. */
export const fixBy = ({ message: title, sentence }: Said, apply: MappingFix['apply']): MappingFix => ({ title, sentence, apply });
