import type { Json } from '@weft/json-schema';
import type { Expression } from './expressions.ts';

export type { Expression } from './expressions.ts';

export interface Loop {
  in: Expression;
  /** The name inner rules use for the current item. */
  as: string;
  /** Items for which this is not true are left out. */
  where?: Expression;
  /** A single value is treated as a list of one. Default false: a single value is an error. */
  wrap?: boolean;
}

/**
 * One line of the mapping. Either `value` (one target value) or `forEach` with `rules` (a list, one object an item)
 * or `forEach` with `value` (a list of plain values). Targets of nested rules are relative to their item.
 */
export interface Rule {
  id: string;
  /** Where the value goes; `[]` is the whole target. */
  to: string[];
  label?: string;
  /** The rule applies only when this is true. */
  when?: Expression;
  value?: Expression;
  forEach?: Loop;
  rules?: Rule[];
  /** What happens to null: kept (default), or the key omitted. */
  onNull?: 'keep' | 'omit';
}

export interface MappingDocument {
  format: 'weft.mapping/1';
  options?: {
    /** What a failing rule does: ends the record (default), leaves the field out, or ends the run. */
    onError?: 'failRecord' | 'skipField' | 'failRun';
    /** IANA name for functions that need a zone; default UTC. */
    timezone?: string;
  };
  tables?: Record<string, Record<string, Json>>;
  rules: Rule[];
}

export const emptyMapping = (): MappingDocument => ({ format: 'weft.mapping/1', rules: [] });
