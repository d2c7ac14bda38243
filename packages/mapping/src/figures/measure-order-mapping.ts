import { compileMapping } from '../compile-mapping.ts';
import type { MappingContext } from '../run.ts';
import { orderByHand, orderMapping, orderScope } from './order-mapping.ts';
import { sampleOrder } from './sample-order.ts';

export interface OrderMappingFigures {
  /** Microseconds of one run, the best round. */
  mappingUs: number;
  byHandUs: number;
  jsonUs: number;
  /** Target: at most 4. */
  ratioToByHand: number;
  /** To a JSON parse and stringify of the same record. Target: at most 0.35. */
  ratioToJson: number;
}

const context: MappingContext = { now: new Date(0), seed: 'figure' };

/**
 * What the order mapping costs beside the same by hand, and beside JSON parse and stringify. Each round measures all
 * three one after another, so that a busy machine slows all alike; the best round counts.
 */
export function measureOrderMapping({ rounds = 15, runs = 20_000 }: { rounds?: number; runs?: number } = {}): OrderMappingFigures {
  const mapping = compileMapping(orderMapping);
  const text = JSON.stringify(sampleOrder);
  // Fresh objects, as they come from a parser, and more than one: nothing must be tuned to a single shape in memory.
  const scopes = Array.from({ length: 64 }, () => orderScope(JSON.parse(text)));
  const scopeAt = (index: number) => scopes[index % scopes.length] ?? orderScope(sampleOrder);
  const best = { mapping: Infinity, byHand: Infinity, json: Infinity };
  for (let round = 0; round < rounds; round += 1) {
    best.byHand = Math.min(best.byHand, time(runs, (index) => orderByHand(scopeAt(index))));
    best.mapping = Math.min(best.mapping, time(runs, (index) => mapping.run(scopeAt(index), context)));
    best.json = Math.min(best.json, time(runs, () => JSON.stringify(JSON.parse(text))));
  }
  return {
    mappingUs: best.mapping,
    byHandUs: best.byHand,
    jsonUs: best.json,
    ratioToByHand: best.mapping / best.byHand,
    ratioToJson: best.mapping / best.json,
  };
}

let sink: unknown;

/** Microseconds of one run. */
function time(runs: number, run: (index: number) => unknown): number {
  const start = performance.now();
  for (let index = 0; index < runs; index += 1) sink = run(index);
  const elapsedMs = performance.now() - start;
  if (sink === undefined) throw new Error('The measured work gave nothing, so it may not have been done.');
  return (elapsedMs * 1000) / runs;
}
