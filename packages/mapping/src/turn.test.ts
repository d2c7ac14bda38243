import type { Json } from '@weft/json-schema';
import { expect, test } from 'vitest';
import { compileExpression } from './compile/compile-expression.ts';
import { compileMapping } from './compile-mapping.ts';
import type { MappingDocument } from './document.ts';
import { Turn, TurnIsOver } from './turn.ts';

const context = { now: new Date('2025-01-31T14:30:00Z'), seed: 's' };
const copied: MappingDocument = {
  format: 'weft.mapping/1',
  rules: [{ id: 'l', to: ['l'], forEach: { in: { path: ['o'] }, as: 'x' }, rules: [{ id: 'v', to: ['v'], value: { path: ['x'] } }] }],
};
const mapping = compileMapping(copied);
const numbers = (length: number): Json[] => Array.from({ length }, (_, n) => n);

/** A turn that is over as soon as it has begun. */
const shortTurn = (renewals: (() => void)[] = []) => new Turn(-1, (renew) => void renewals.push(renew));

/** @returns what was to be done where the turn was over, else what the mapping gave. */
function mapped(length: number, turn: Turn): unknown {
  try {
    return mapping.run({ o: numbers(length) }, { ...context, turn }).output;
  } catch (over) {
    return over instanceof TurnIsOver ? over.work : over;
  }
}

test('a mapping stops where the turn is over, saying what it was to do', () => {
  const work = { document: copied, target: undefined, scope: { o: numbers(1_000) }, context: expect.objectContaining(context) as object };
  expect(mapped(1_000, shortTurn())).toEqual(work);
});

test('short mappings in one turn count together', () => {
  const turn = shortTurn();
  const results = Array.from({ length: 20 }, () => mapped(20, turn));
  expect(results[0]).toHaveProperty('l');
  expect(results.some((result) => result !== null && typeof result === 'object' && 'scope' in result)).toBe(true);
});

test('a turn is asked for once while it lasts, and begins anew with the next', () => {
  const renewals: (() => void)[] = [];
  const turn = shortTurn(renewals);
  expect([turn.isOver(11), turn.isOver(12), renewals.length]).toEqual([false, true, 1]);
  renewals[0]?.();
  expect([turn.isOver(13), turn.isOver(14), renewals.length]).toEqual([false, true, 2]);
});

test('an expression goes on in a turn that is over, to its own end', () => {
  const last = compileExpression({ fn: 'last', args: [{ path: ['o'] }] });
  expect(last({ o: numbers(10_000) }, { ...context, turn: shortTurn() })).toBe(9_999);
});

test('a fault is found in the same turn, or in another one', () => {
  const failing = compileMapping({ format: 'weft.mapping/1', rules: [{ id: 'r', to: ['a'], value: { fn: 'sum', args: [{ path: ['o'] }] } }] });
  const scope = { o: [...numbers(1_000), 'x'] };
  expect(failing.run(scope, { ...context, turn: new Turn(1e6) }).errors).toMatchObject([{ ruleId: 'r' }]);
  const turn = shortTurn();
  turn.isOver(0);
  expect(() => failing.run(scope, { ...context, turn })).toThrow(TurnIsOver);
});

test('what was spent before a fault counts when it is looked for', () => {
  const heavy = compileMapping({
    format: 'weft.mapping/1',
    rules: [
      { id: 'one', to: ['one'], value: { fn: 'matches', args: [{ path: ['o'] }, { const: '[ab][^z]{10}[^abz]' }] } },
      { id: 'two', to: ['two'], value: { fn: 'divide', args: [{ const: 1 }, { const: 0 }] } },
    ],
  });
  const run = () => heavy.run({ o: 'ab'.repeat(45_000) }, { ...context, turn: new Turn(5) });
  expect(isLongIn(run)).toBe(true);
});

test('a pattern that is too much for a turn is not begun in it, and an expression has to do with less', () => {
  const matches = { fn: 'matches', args: [{ path: ['o'] }, { const: '[ab][^z]{10}[^abz]' }] };
  const mapped = compileMapping({ format: 'weft.mapping/1', rules: [{ id: 'one', to: ['one'], value: matches }] });
  const scope = { o: 'ab'.repeat(400_000) };
  expect(isLongIn(() => mapped.run(scope, { ...context, turn: new Turn(1e6) }))).toBe(true);
  expect(mapped.run(scope, context).output).toEqual({ one: false });
  expect(() => compileExpression(matches)(scope, { ...context, turn: new Turn(1e6) })).toThrow(/too long to be looked through/);
});

test('a mapping that was too long is not tried out for so long again', () => {
  const turn = () => new Turn(1e6);
  const looped = compileMapping({
    format: 'weft.mapping/1',
    rules: [
      {
        id: 'one',
        to: ['one'],
        forEach: { in: { path: ['o'] }, as: 'x' },
        rules: [{ id: 'two', to: ['two'], forEach: { in: { path: ['o'] }, as: 'y', where: { const: false } }, value: { const: 1 } }],
      },
    ],
  });
  const timed = (): number => {
    const began = performance.now();
    expect(isLongIn(() => looped.run({ o: numbers(20_000) }, { ...context, turn: turn() }))).toBe(true);
    return performance.now() - began;
  };
  const [first, ...others] = Array.from({ length: 5 }, timed);
  expect(Math.min(...others)).toBeLessThan((first ?? 0) / 2);
  expect(looped.run({ o: numbers(10) }, { ...context, turn: turn() }).outcome).toBe('done');
});

/** Whether a mapping says that it is too long for any turn. */
function isLongIn(run: () => unknown): boolean {
  try {
    run();
  } catch (over) {
    if (over instanceof TurnIsOver) return over.isLong;
    throw over;
  }
  throw new Error('The turn was not over.');
}

test('without a turn there is nobody to wait', () => {
  expect(mapping.run({ o: numbers(50_000) }, context).outcome).toBe('done');
});
