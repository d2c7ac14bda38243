import type { Json, JsonSchema } from '@weft/json-schema';
import type { Evaluate, Run, Value } from '../run.ts';
import type { FaultCode } from '../fault.ts';

export type FunctionCategory = 'text' | 'number' | 'convert' | 'date' | 'logic' | 'list' | 'other';

/**
 * - text: a text; numbers and true/false are written out
 * - number: a number, or a text of decimal digits (then the result is such a text, too)
 * - date: an ISO date, or a date and time with its zone
 * - table: a lookup table of the document
 */
export type ValueKind = 'text' | 'number' | 'boolean' | 'date' | 'list' | 'any' | 'table';

export interface FunctionParameter {
  name: string;
  title: string;
  type: ValueKind;
  optional?: boolean;
  /** The last parameter only: it may be given any number of times. */
  rest?: boolean;
  /** The values that are understood, where they are few. */
  choices?: readonly string[];
  /** What kind of text it is, for the form that asks for it: an IANA name of a time zone, a pattern of a date. Default: any. */
  holds?: 'timezone' | 'datePattern';
}

export interface FunctionExample {
  args: readonly Value[];
  /** The value, or undefined for a missing one. */
  result?: Value;
  /** Instead of a result: the fault that the arguments give. */
  fault?: FaultCode;
}

/** One function of the mapping language, with all that a form, a check and a test need to know about it. */
export interface MappingFunction {
  name: string;
  category: FunctionCategory;
  title: string;
  description: string;
  parameters: readonly FunctionParameter[];
  returns: ValueKind;
  /** The schema of the result, where it depends on the arguments' schemas. */
  resultSchema?: (args: readonly JsonSchema[]) => JsonSchema;
  /** `pass`: a null or missing argument is the result; an optional one counts as not given. `own`: the function decides. */
  nulls: 'pass' | 'own';
  /** The result may be missing or null even where every argument is there. */
  mayGiveNothing?: boolean;
  /** False where the result depends on more than the arguments: the clock, the seed. */
  isPure: boolean;
  /** Shown to people, and run as the function's tests. */
  examples: readonly FunctionExample[];
  /** Gets arguments that fit their parameters' types. */
  apply: (run: Run, ...args: never) => Value;
  /** The same for exactly two arguments, for functions that take many and mostly get two. */
  applyTwo?: (run: Run, ...args: never) => Value;
  /** Instead of `apply`, for a function that evaluates only the arguments it needs. */
  applyLazily?: (run: Run, args: readonly Evaluate[]) => Value;
}

/** Defines a function so that the types of `apply`'s arguments follow from its parameters. */
export function defineFunction<const P extends readonly FunctionParameter[]>(definition: Definition<P>): MappingFunction {
  // `apply` takes what its own parameters say, which the type of functions at large cannot tell; readers see to it.
  return { nulls: 'pass', isPure: true, ...definition } as MappingFunction;
}

interface Definition<P extends readonly FunctionParameter[]>
  extends Pick<MappingFunction, 'name' | 'category' | 'title' | 'description' | 'returns' | 'examples'>,
    Partial<Pick<MappingFunction, 'nulls' | 'isPure' | 'resultSchema' | 'applyLazily' | 'mayGiveNothing'>> {
  parameters: P;
  apply: (run: Run, ...args: ArgumentsOf<P>) => Value;
  applyTwo?: (run: Run, ...args: ArgumentsOf<P>) => Value;
}

interface ArgumentTypes {
  text: string;
  number: Numeric;
  boolean: boolean;
  date: string;
  list: Json[];
  any: Value;
  table: Readonly<Record<string, Json>>;
}

/** A number, or a decimal text that keeps more digits than a number can. */
export type Numeric = number | string;

type ArgumentsOf<P extends readonly FunctionParameter[]> = P extends readonly [
  infer First extends FunctionParameter,
  ...infer Rest extends readonly FunctionParameter[],
]
  ? First extends { rest: true }
    ? ArgumentTypes[First['type']][]
    : First extends { optional: true }
      ? [ArgumentTypes[First['type']]?, ...ArgumentsOf<Rest>]
      : [ArgumentTypes[First['type']], ...ArgumentsOf<Rest>]
  : [];
