import type { SubSchema } from '../dereference.ts';
import type { JsonSchema } from '../schema.ts';
import type { Alternative } from './alternatives.ts';
import type { Comparison } from './comparison.ts';
import { all, type Fit } from './fit.ts';
import { highest, lowest } from './scalar.ts';
import { part } from '../sentences.en.ts';

export function assertsList(source: Alternative, target: JsonSchema, comparison: Comparison): Fit {
  const [least, most] = [highest(source, 'minItems'), lowest(source, 'maxItems')];
  const result: Fit[] = [];
  if (target.minItems !== undefined && least < target.minItems) {
    const fit = most < target.minItems ? 'never' : 'maybe';
    result.push({ fit, concern: part('schema.fit.fewerItems', { limit: target.minItems }) });
  }
  if (target.maxItems !== undefined && most > target.maxItems) {
    const fit = least > target.maxItems ? 'never' : 'maybe';
    result.push({ fit, concern: part('schema.fit.moreItems', { limit: target.maxItems }) });
  }
  if (target.uniqueItems === true && most > 1 && !source.some(({ uniqueItems }) => uniqueItems === true)) {
    result.push({ fit: 'maybe', concern: part('schema.fit.sameItem') });
  }
  if (target['contains'] !== undefined && target['minContains'] !== 0) {
    result.push({ fit: 'maybe', concern: part('schema.fit.lacksItem') });
  } else if (target['contains'] !== undefined) {
    result.push({ fit: 'maybe' });
  }
  if (target['unevaluatedItems'] !== undefined) result.push({ fit: 'maybe', concern: part('schema.fit.items') });
  if (most > 0) result.push(itemsFit(source, target, least, most, comparison));
  return all(result, 'conjunction');
}

function itemsFit(source: Alternative, target: JsonSchema, least: number, most: number, comparison: Comparison): Fit {
  const prefix = Math.max(target.prefixItems?.length ?? 0, ...source.map((schema) => schema.prefixItems?.length ?? 0));
  const result: Fit[] = [];
  for (let index = 0; index < Math.min(prefix, most); index += 1) {
    const wanted = at(target, index);
    if (wanted !== undefined) result.push(itemFit(itemsAt(source, index), wanted, index < least, comparison));
  }
  if (most > prefix && target.items !== undefined) {
    result.push(itemFit(itemsAt(source, prefix), target.items, least > prefix, comparison));
  }
  return all(result, 'conjunction');
}

function itemFit(source: readonly SubSchema[], target: SubSchema, isPresent: boolean, comparison: Comparison): Fit {
  const { fit, concern } = comparison.fits(source, target, comparison);
  const words = concern && part('schema.fit.item', { concern });
  if (fit !== 'never' || isPresent) return { fit, concern: words };
  // An empty list still fits.
  return { fit: target === false ? 'maybe' : 'unlikely', concern: words };
}

function itemsAt(source: Alternative, index: number): SubSchema[] {
  return source.map((schema) => at(schema, index)).filter((schema) => schema !== undefined);
}

function at(schema: JsonSchema, index: number): SubSchema | undefined {
  return schema.prefixItems?.[index] ?? schema.items;
}
