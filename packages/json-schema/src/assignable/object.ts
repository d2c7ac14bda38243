import type { SubSchema } from '../dereference.ts';
import { matchesPattern } from '../pattern.ts';
import type { JsonSchema } from '../schema.ts';
import type { Alternative } from './alternatives.ts';
import type { Comparison } from './comparison.ts';
import { all, type Fit } from './fit.ts';
import { lowest } from './scalar.ts';
import { part } from '../sentences.en.ts';

export function assertsObject(source: Alternative, target: JsonSchema, comparison: Comparison): Fit {
  const promised = new Set(source.flatMap((schema) => schema.required ?? []));
  const result: Fit[] = [];
  for (const key of target.required ?? []) {
    if (!promised.has(key)) result.push({ fit: mayHave(source, key) ? 'maybe' : 'never', concern: part('schema.fit.lacksField', { field: key }) });
  }
  if (target.minProperties !== undefined && promised.size < target.minProperties) {
    result.push({ fit: 'maybe', concern: part('schema.fit.fewerFields', { limit: target.minProperties }) });
  }
  if (target.maxProperties !== undefined && lowest(source, 'maxProperties') > target.maxProperties) {
    result.push({ fit: 'maybe', concern: part('schema.fit.moreFields', { limit: target.maxProperties }) });
  }
  for (const keyword of ['propertyNames', 'dependentRequired', 'dependentSchemas', 'unevaluatedProperties']) {
    if (target[keyword] !== undefined) result.push({ fit: 'maybe', concern: part('schema.fit.further') });
  }
  result.push(fieldsFit(source, target, promised, comparison), restFits(source, target, comparison));
  return all(result, 'conjunction');
}

/** The fields that either side names. */
function fieldsFit(source: Alternative, target: JsonSchema, promised: ReadonlySet<string>, comparison: Comparison): Fit {
  const named = new Set([target, ...source].flatMap((schema) => [...Object.keys(schema.properties ?? {}), ...(schema.required ?? [])]));
  const result: Fit[] = [];
  for (const key of named) {
    if (key === '__proto__' || !mayHave(source, key)) continue;
    for (const wanted of fieldsOf(target, key)) {
      const { fit, concern } = comparison.fits(source.flatMap((schema) => fieldsOf(schema, key)), wanted, comparison);
      const words = wanted === false
        ? part('schema.fit.oneField', { field: key })
        : part('schema.fit.field', { field: key, concern: concern ?? part('schema.fit.mayNot') });
      if (fit !== 'never' || promised.has(key)) result.push({ fit, concern: words });
      else result.push({ fit: target.required?.includes(key) ? 'never' : wanted === false ? 'maybe' : 'unlikely', concern: words });
    }
  }
  return all(result, 'conjunction');
}

/** Fields that neither side names: only a closed or restricted source says something about them. */
function restFits(source: Alternative, target: JsonSchema, comparison: Comparison): Fit {
  const demands: SubSchema[] = Object.values(target.patternProperties ?? {});
  if (target.additionalProperties !== undefined) demands.push(target.additionalProperties);
  if (demands.every((demand) => demand === true)) return { fit: 'yes' };
  const isClosed = source.some((schema) => schema.additionalProperties === false && !schema.patternProperties);
  if (isClosed) return { fit: 'yes' };
  // A field that no source schema names has at least the `additionalProperties` of those that name no patterns.
  const known = source
    .map((schema) => (schema.patternProperties ? undefined : schema.additionalProperties))
    .filter((schema) => schema !== undefined);
  const rest = all(demands.map((demand) => comparison.fits(known, demand, comparison)), 'conjunction');
  if (rest.fit === 'yes') return rest;
  return { fit: 'maybe', concern: part('schema.fit.fields') };
}

/** Every schema that holds for a field of this name. */
function fieldsOf(schema: JsonSchema, key: string): SubSchema[] {
  const own = schema.properties && Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined;
  const found: SubSchema[] = Object.entries(schema.patternProperties ?? {}).flatMap(([pattern, sub]) => (matchesPattern(pattern, key) ? [sub] : []));
  if (own !== undefined) found.push(own);
  if (found.length > 0 || schema.additionalProperties === undefined) return found;
  return [schema.additionalProperties];
}

function mayHave(source: Alternative, key: string): boolean {
  return !source.some((schema) => fieldsOf(schema, key).includes(false));
}
