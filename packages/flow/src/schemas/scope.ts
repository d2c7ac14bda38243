import { exceedsBytes, inferSchema, isAnything, type Json, type JsonSchema } from '@weft/json-schema';
import {
  compileExpression, compileMapping, expressionType, MappingDocumentError, MappingFault, references, type Expression, type MappingContext,
  type MappingDocument,
} from '@weft/mapping';
import type { Source, StepSample } from './flow-view.ts';

/**
 * The same preview gives the same values: a fixed moment, and ids that are recognisably not real. What takes long on a sample gives none there:
 * a flow has many steps, and all are looked at.
 */
export const sampleContext: MappingContext = { now: new Date('2026-01-15T09:30:00.000Z'), seed: 'sample', limits: { deadlineMs: 40, maxItemsOfRun: 100_000 } };

/** The samples of these sources as a scope. */
export function scopeOf(sources: readonly Source[]): Record<string, Json> {
  return Object.fromEntries(sources.flatMap(({ id, sample }) => (sample === undefined ? [] : [[id, sample]])));
}

/**
 * Of these sources the ones that something reads: they decide what it gives and what is wrong with it. A step far down a large flow
 * could read a thousand, and reads three.
 */
export function sourcesReadBy(reader: MappingDocument | Expression, sources: readonly Source[]): Source[] {
  const roots = new Set(references(reader).map(([root]) => root));
  return sources.filter(({ id }) => roots.has(id));
}

/** The schemas of these sources by their names. */
export const schemasOf = (sources: readonly Source[]): Record<string, JsonSchema> => Object.fromEntries(sources.map(({ id, schema }) => [id, schema]));

/** True where every one of these paths begins at a real sample, so what they give may be judged. */
export function allReal(paths: readonly (readonly string[])[], sources: readonly Source[]): boolean {
  return paths.every(([root]) => sources.find(({ id }) => id === root)?.real ?? true);
}

/** What an expression gives on samples; undefined where it gives nothing or cannot be worked out. */
export function valueOf(expression: Expression, sources: readonly Source[]): Json | undefined {
  return tried(() => compileExpression(expression)(scopeOf(sourcesReadBy(expression, sources)), sampleContext));
}

/** The schema of what an expression gives: as its sources declare it, else learned from what it gives on samples. */
export function expressionSchema(expression: Expression, sources: readonly Source[]): JsonSchema {
  const declared = expressionType(expression, schemasOf(sourcesReadBy(expression, sources))).schema;
  if (!isAnything(declared)) return declared;
  const value = valueOf(expression, sources);
  return value === undefined ? {} : inferSchema([value]);
}

/** As JSON: a sample in which each field holds the sample of the step before twice doubles with every step. */
const maxSampleBytes = 256 << 10;

/** What a mapping gives on samples; undefined where it is empty or cannot be worked out. */
export function mappedSample(mapping: MappingDocument | undefined, sources: readonly Source[], target?: JsonSchema): StepSample | undefined {
  if (!mapping || mapping.rules.length === 0) return undefined;
  const read = sourcesReadBy(mapping, sources);
  const result = tried(() => compileMapping(mapping, target).run(scopeOf(read), sampleContext));
  if (!result || result.errors.length > 0 || exceedsBytes(result.output, maxSampleBytes)) return undefined;
  return { value: result.output, real: read.every(({ real }) => real) };
}

/** What is unfinished, or fails on samples, gives nothing yet; why is for `checkMapping` and `checkExpression` to say, at the place where it is edited. */
function tried<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (failure) {
    if (failure instanceof MappingFault || failure instanceof MappingDocumentError) return undefined;
    throw failure;
  }
}
