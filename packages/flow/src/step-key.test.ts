import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insideItem, itemKeyOf, itemKeysOf, keyOf, loopKeyOf, loopKeysOf, pathOf, placeOf, stepIdOf, type StepPath } from './step-key.ts';

const stepId = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_-]{0,12}$/);
const index = fc.nat(1_000_000);
const path: fc.Arbitrary<StepPath> = fc.record({
  stepId,
  around: fc.array(fc.oneof(fc.record({ loopId: stepId, index }), fc.record({ loopId: stepId, batch: index, index })), { maxLength: 4 }),
});

describe('a step key', () => {
  it('is taken apart into what it was made of', () => {
    fc.assert(
      fc.property(path, (made) => {
        expect(pathOf(keyOf(made))).toEqual(made);
        expect(keyOf(pathOf(keyOf(made)))).toBe(keyOf(made));
      }),
    );
  });

  it.each([
    ['stock', 'stock', undefined],
    ['each[3]/stock', 'stock', 'each[3]'],
    ['each[3]/inner[0]/stock', 'stock', 'each[3]/inner[0]'],
    ['each[7:3]/stock', 'stock', 'each[7:3]'],
    ['each[7]/append', 'append', 'each[7]'],
  ])('%s is of the step %s in %s', (key, id, item) => {
    expect([stepIdOf(key), itemKeyOf(key)]).toEqual([id, item]);
  });

  it('knows the loops and items around it, outermost first', () => {
    expect(itemKeysOf('each[3]/inner[0]/stock')).toEqual(['each[3]', 'each[3]/inner[0]']);
    expect(loopKeysOf('each[3]/inner[0]/stock')).toEqual(['each', 'each[3]/inner']);
    expect([itemKeysOf('stock'), loopKeysOf('stock')]).toEqual([[], []]);
  });

  it('of an item names its loop and the place in it', () => {
    expect([stepIdOf('each[3]/inner[0]'), loopKeyOf('each[3]/inner[0]')]).toEqual(['inner', 'each[3]/inner']);
    expect([placeOf('each[1:0]'), placeOf('outer[2]/each[3]')]).toEqual([{ batch: 1, index: 0 }, { index: 3 }]);
    expect([insideItem('each', { index: 3 }), insideItem('outer[2]/each', { batch: 7, index: 3 })]).toEqual(['each[3]/', 'outer[2]/each[7:3]/']);
  });
});
