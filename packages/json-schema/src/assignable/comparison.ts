import type { SubSchema } from '../dereference.ts';
import type { JsonSchema } from '../schema.ts';
import type { Fit } from './fit.ts';

/** What travels through a comparison. */
export interface Comparison {
  sourceRoot: JsonSchema;
  targetRoot: JsonSchema;
  /** Pairs being compared further up: recursive schemas may assume them, values being finite. */
  assumed: readonly (readonly [source: readonly SubSchema[], target: SubSchema])[];
  depth: number;
  /** Under a negation an assumption would prove too much. */
  isNegated: boolean;
  /** Comparisons left before the answer is a `maybe`: combinations inside each other multiply. */
  budget: { left: number };
  /** The comparison itself, for keywords that compare parts. */
  fits: (source: readonly SubSchema[], target: SubSchema, comparison: Comparison) => Fit;
}
