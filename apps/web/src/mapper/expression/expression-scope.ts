import { schemaAt, type Json, type JsonSchema } from '@weft/json-schema';
import { compileExpression, type Expression, type MappingContext } from '@weft/mapping';
import { createContext, useContext } from 'react';
import { useEditor } from '../../editor/state/index.ts';
import { sentenceOf } from '../../locales/sentence-of.ts';
import type { LoopScope } from '../rules/places.ts';
import type { Apart } from './tell-apart.ts';
import { shapeOf, type FieldKind } from '../tree/shape.ts';
import type { Source } from '../tree/source-tree.ts';

/** What an expression may speak of at the place where it is edited. */
export interface ExpressionScope {
  sources: readonly Source[];
  /** Sample values by source id and by loop name. */
  values: Record<string, Json>;
  /** The mapping's own loops around the place, outermost first. */
  loops: readonly LoopScope[];
  /** What chips show in front where several stand in one list and would look the same; see tellApart. */
  apart?: Apart;
  /** Names of lookup tables. */
  tables: readonly string[];
  /** Makes a table, or opens it for editing. Absent where a document has none (conditions). */
  editTable?: ((name: string | null) => void) | undefined;
}

export const ExpressionScopeContext = createContext<ExpressionScope>({ sources: [], values: {}, loops: [], tables: [] });
export const useExpressionScope = (): ExpressionScope => useContext(ExpressionScopeContext);

/** The preview's fixed moment and seed: the same value on every keystroke. */
export const previewContext: MappingContext = { now: new Date('2026-01-15T09:30:00.000Z'), seed: 'sample' };

/** The same in a flow with a time zone: what is previewed is what a run does. */
export const previewContextIn = (timezone: string | undefined): MappingContext => (timezone === undefined ? previewContext : { ...previewContext, timezone });

/** The time zone of the flow that is edited. */
export const useFlowTimezone = (): string | undefined => useEditor(({ document }) => document.settings?.timezone);

/** What an expression gives on the sample; an error is a sentence. */
export function previewExpression(
  expression: Expression,
  values: Record<string, Json>,
  timezone: string | undefined,
): { value: Json | undefined; error?: string } {
  try {
    return { value: compileExpression(expression)(values, previewContextIn(timezone)) };
  } catch (error) {
    return { value: undefined, error: error instanceof Error ? sentenceOf(error) : String(error) };
  }
}

/** The schema of a path: a source's, or for a loop's name the item's. */
export function schemaOfPath(path: readonly string[], scope: Pick<ExpressionScope, 'sources' | 'loops'>): JsonSchema | undefined {
  const [root, ...rest] = path;
  const source = scope.sources.find(({ id }) => id === root);
  if (source) return schemaAt(source.schema, rest);
  const at = scope.loops.findLastIndex(({ loop }) => loop.as === root);
  const loop = scope.loops[at]?.loop;
  if (!loop || !('path' in loop.in)) return loop ? {} : undefined;
  const list = schemaOfPath(loop.in.path, { sources: scope.sources, loops: scope.loops.slice(0, at) });
  const items = list && schemaAt(list, ['0']);
  return items && schemaAt(items, rest);
}

export function kindOfPath(path: readonly string[], scope: Pick<ExpressionScope, 'sources' | 'loops'>): FieldKind {
  const schema = schemaOfPath(path, scope);
  return schema ? shapeOf(schema, schema).kind : 'any';
}

/** A path in words: what it is, where it is from. */
export interface PathWords {
  /** The field itself: `name`, or the name of a loop's item. */
  name: string;
  /** Between the source and the field. */
  way: string[];
  /** The step's or loop's title. */
  source: string;
  kind: 'step' | 'loop';
  /** False where the sources have no such field (any more). */
  found: boolean;
}

export function wordsOf(path: readonly string[], scope: Pick<ExpressionScope, 'sources' | 'loops'>): PathWords {
  const [root = '', ...rest] = path;
  const source = scope.sources.find(({ id }) => id === root);
  const loop = scope.loops.find((one) => one.loop.as === root);
  return {
    name: rest.at(-1) ?? root,
    way: rest.slice(0, -1),
    source: source?.title ?? root,
    kind: source?.kind ?? (loop ? 'loop' : 'step'),
    found: schemaOfPath(path, scope) !== undefined,
  };
}
