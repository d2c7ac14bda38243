import type { Json } from '@weft/json-schema';
import type { Said, SentenceRef } from '@weft/sentences';

/** What is said to people: with a sentence, unless the text is another package's. */
type Words = Said | { message: string; sentence?: undefined };

/** Why a value could not be made. Codes are stable; texts are for people. */
export type FaultCode =
  | 'wrong_type'
  | 'not_a_number'
  | 'not_a_date'
  | 'zone_missing'
  | 'division_by_zero'
  | 'out_of_range'
  | 'no_match'
  | 'bad_pattern'
  | 'bad_json'
  | 'bad_xml'
  | 'bad_argument'
  | 'not_a_list'
  | 'too_many_items'
  | 'text_too_long'
  | 'deadline';

/** Thrown by functions and loops while a mapping runs; the run turns it into a `MappingError` of its rule. */
export class MappingFault extends Error {
  readonly code: FaultCode;
  /** `message`, as what it can be said by in another language. */
  readonly sentence: SentenceRef | undefined;
  readonly inputs: readonly Json[];

  constructor(code: FaultCode, { message, sentence }: Words, inputs: readonly Json[] = []) {
    super(message);
    this.sentence = sentence;
    this.name = 'MappingFault';
    this.code = code;
    this.inputs = inputs;
  }

  /** Ends the whole run, not one rule: going on would only use up more. */
  get isFinal(): boolean {
    return this.code === 'deadline' || this.code === 'too_many_items';
  }
}

export type CompileProblemCode =
  | 'unknown_function'
  | 'unknown_table'
  | 'unknown_loop'
  | 'wrong_arguments'
  | 'refused_key'
  | 'too_deep'
  | 'malformed';

/** A document that cannot run at all. */
export class MappingDocumentError extends Error {
  readonly code: CompileProblemCode;
  /** `message`, as what it can be said by in another language. */
  readonly sentence: SentenceRef;
  readonly ruleId: string | undefined;

  constructor(code: CompileProblemCode, { message, sentence }: Said, ruleId?: string) {
    super(message);
    this.sentence = sentence;
    this.name = 'MappingDocumentError';
    this.code = code;
    this.ruleId = ruleId;
  }
}
