import { inferSchema } from '@weft/json-schema';
import { describe, expect, it } from 'vitest';
import { checkMapping } from '../check/check-mapping.ts';
import { compileMapping } from '../compile-mapping.ts';
import { orderByHand, orderMapping, orderScope, sampleOrder } from './index.ts';

describe('the order mapping', () => {
  const scope = orderScope(sampleOrder);

  it('gives what the same by hand gives', () => {
    const context = { now: new Date(0), seed: 'test' };
    expect(compileMapping(orderMapping).run(scope, context)).toEqual({ output: orderByHand(scope), errors: [], outcome: 'done' });
    expect(compileMapping(orderMapping).run(orderScope({}), context).output).toEqual(orderByHand(orderScope({})));
  });

  it('has no problems on its own sample', () => {
    const sources = { trigger: inferSchema([scope.trigger]) };
    expect(checkMapping(orderMapping, { sources, target: inferSchema([orderByHand(scope) as never]), samples: scope })).toEqual([]);
  });

  it('is as large as the figure says', () => {
    const leaves = JSON.stringify(orderMapping).match(/"value":/g) ?? [];
    const kilobytes = Math.round(JSON.stringify(sampleOrder).length / 1000);
    expect({ leaves: leaves.length, kilobytes }).toEqual({ leaves: 23, kilobytes: 2 });
  });
});
