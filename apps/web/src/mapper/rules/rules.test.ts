import { emptyMapping, type MappingDocument, type Rule, renameLoop } from '@weft/mapping';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldKind } from '../tree/shape.ts';
import { dropSource, type DropOutcome, type Field } from './drop-source.ts';
import { changeRule, expressionAt, loopName, nextRuleId, ruleAt, setExpression, setLoop } from './edit-rules.ts';
import { each, loopsAround, placedRules, placeOf, reach } from './places.ts';

const field = (place: string, kind: FieldKind = 'text', itemKind?: FieldKind): Field => ({ place: place.split('.'), kind, itemKind });
const mapping = (...rules: Rule[]): MappingDocument => ({ format: 'weft.mapping/1', rules });
const lines = (...inner: Rule[]): Rule => ({ id: 'r1', to: ['lines'], forEach: { in: { path: ['trigger', 'body', 'items'] }, as: 'item' }, rules: inner });

const drop = (document: MappingDocument, source: Field, target: Field): DropOutcome => dropSource({ document, source, target, names: new Set(['trigger']) });
const done = (outcome: DropOutcome): MappingDocument => {
  if (outcome.kind !== 'done') throw new Error(`Expected the drop to be done, it was ${outcome.kind}.`);
  return outcome.document;
};

describe('places', () => {
  it('read a loop’s name as every item of its list, and write it back', () => {
    const loops = loopsAround(mapping(lines()), ['lines', each, 'sku']);
    expect(placeOf(['item', 'sku'], loops)).toEqual(['trigger', 'body', 'items', each, 'sku']);
    expect(reach(['trigger', 'body', 'items', each, 'sku'], loops)).toEqual({ path: ['item', 'sku'], open: [] });
    expect(reach(['trigger', 'body', 'id'], loops)).toEqual({ path: ['trigger', 'body', 'id'], open: [] });
  });

  it('go through nested loops', () => {
    const document = mapping(lines({ id: 'r2', to: ['taxes'], forEach: { in: { path: ['item', 'taxes'] }, as: 'tax' }, rules: [] }));
    const loops = loopsAround(document, ['lines', each, 'taxes', each, 'rate']);
    expect(loops.map(({ loop }) => loop.as)).toEqual(['item', 'tax']);
    expect(placeOf(['tax', 'rate'], loops)).toEqual(['trigger', 'body', 'items', each, 'taxes', each, 'rate']);
    expect(reach(['trigger', 'body', 'items', each, 'taxes', each, 'rate'], loops).path).toEqual(['tax', 'rate']);
    expect(reach(['trigger', 'body', 'items', each, 'sku'], loops).path).toEqual(['item', 'sku']);
  });
});

describe('filling a field', () => {
  it('adds a rule, changes it and takes it away', () => {
    let document = setExpression(emptyMapping(), ['url'], { const: 'a' });
    expect(document.rules).toEqual([{ id: 'r1', to: ['url'], value: { const: 'a' } }]);
    document = setExpression(document, ['url'], { path: ['trigger', 'url'] });
    expect(document.rules).toHaveLength(1);
    expect(setExpression(document, ['url'], undefined).rules).toEqual([]);
  });

  it('never fills a place twice: what is above or below goes', () => {
    const whole = setExpression(emptyMapping(), ['body'], { path: ['trigger', 'body'] });
    const part = setExpression(whole, ['body', 'name'], { const: 'x' });
    expect(part.rules.map((rule) => rule.to)).toEqual([['body', 'name']]);
    expect(setExpression(part, ['body'], { const: {} }).rules.map((rule) => rule.to)).toEqual([['body']]);
  });

  it('goes inside loops, relative to their item', () => {
    const document = setExpression(mapping(lines()), ['lines', each, 'sku'], { path: ['item', 'sku'] });
    expect(document.rules[0]?.rules).toEqual([{ id: 'r2', to: ['sku'], value: { path: ['item', 'sku'] } }]);
    expect(ruleAt(document, ['lines', each, 'sku'])?.id).toBe('r2');
  });

  it('keeps the label and the condition when only the value changes', () => {
    const document = mapping({ id: 'r1', to: ['a'], label: 'A', when: { const: true }, value: { const: 1 } });
    expect(setExpression(document, ['a'], { const: 2 }).rules[0]).toEqual({ id: 'r1', to: ['a'], label: 'A', when: { const: true }, value: { const: 2 } });
  });

  it('reads back what was set, whatever the places are', () => {
    const name = fc.constantFrom('a', 'b', 'c');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.array(name, { minLength: 1, maxLength: 3 }), fc.integer()), { minLength: 1, maxLength: 12 }), (writes) => {
        let document = emptyMapping();
        for (const [place, value] of writes) document = setExpression(document, place, { const: value });
        const [place, value] = writes.at(-1) ?? [[], 0];
        expect(expressionAt(document, place)?.expression).toEqual({ const: value });
        const places = placedRules(document).map((placed) => placed.place.join('.'));
        expect(new Set(places).size).toBe(places.length);
        expect(places.some((one) => places.some((other) => other !== one && other.startsWith(`${one}.`)))).toBe(false);
        expect(new Set(placedRules(document).map(({ rule }) => rule.id)).size).toBe(places.length);
      }),
    );
  });
});

describe('loops', () => {
  it('keep what is inside when the list changes', () => {
    const document = mapping(lines({ id: 'r2', to: ['sku'], value: { path: ['item', 'sku'] } }));
    const changed = setLoop(document, ['lines'], { in: { path: ['trigger', 'other'] }, as: 'item' });
    expect(changed.rules[0]).toMatchObject({ id: 'r1', forEach: { in: { path: ['trigger', 'other'] } }, rules: [{ id: 'r2' }] });
  });

  it('get names that read well and are free', () => {
    expect(loopName(['trigger', 'body', 'line_items'], new Set())).toBe('lineItem');
    expect(loopName(['categories'], new Set())).toBe('category');
    expect(loopName(['lines'], new Set(['line']))).toBe('line2');
    expect(loopName(['addresses'], new Set())).toBe('address');
  });

  it('number rules after the highest one, inside loops too', () => {
    expect(nextRuleId(mapping(lines({ id: 'r7', to: ['sku'] })))).toBe('r8');
  });

  it('can be taken away with everything inside', () => {
    expect(changeRule(mapping(lines({ id: 'r2', to: ['sku'] })), 'r1', () => undefined).rules).toEqual([]);
  });
});

describe('dropping a source on a target', () => {
  it('maps a field on a field', () => {
    const document = done(drop(emptyMapping(), field('trigger.body.id'), field('orderId')));
    expect(document.rules).toEqual([{ id: 'r1', to: ['orderId'], value: { path: ['trigger', 'body', 'id'] } }]);
  });

  it('makes a loop from a list on a list', () => {
    const document = done(drop(emptyMapping(), field('trigger.body.line_items', 'list', 'object'), field('lines', 'list', 'object')));
    expect(document.rules).toEqual([{ id: 'r1', to: ['lines'], forEach: { in: { path: ['trigger', 'body', 'line_items'] }, as: 'lineItem' }, rules: [] }]);
  });

  it('copies a list of plain values item by item', () => {
    const document = done(drop(emptyMapping(), field('trigger.tags', 'list', 'text'), field('labels', 'list', 'text')));
    expect(document.rules[0]).toMatchObject({ forEach: { as: 'tag' }, value: { path: ['tag'] } });
  });

  it('makes the loop in between when a field of the items is dropped on a field of the items', () => {
    const document = done(drop(emptyMapping(), field('trigger.items.[].sku'), field('lines.[].article')));
    expect(document.rules).toEqual([
      {
        id: 'r1',
        to: ['lines'],
        forEach: { in: { path: ['trigger', 'items'] }, as: 'item' },
        rules: [{ id: 'r2', to: ['article'], value: { path: ['item', 'sku'] } }],
      },
    ]);
  });

  it('uses the loop that is there', () => {
    const document = done(drop(mapping(lines()), field('trigger.body.items.[].sku'), field('lines.[].article')));
    expect(document.rules[0]?.rules).toEqual([{ id: 'r2', to: ['article'], value: { path: ['item', 'sku'] } }]);
  });

  it('makes two loops for two levels', () => {
    const document = done(drop(emptyMapping(), field('trigger.orders.[].lines.[].sku'), field('o.[].l.[].s')));
    const [outer] = document.rules;
    expect(outer).toMatchObject({ to: ['o'], forEach: { in: { path: ['trigger', 'orders'] }, as: 'order' } });
    expect(outer?.rules?.[0]).toMatchObject({ to: ['l'], forEach: { in: { path: ['order', 'lines'] }, as: 'line' } });
    expect(outer?.rules?.[0]?.rules?.[0]).toMatchObject({ to: ['s'], value: { path: ['line', 'sku'] } });
  });

  it('repeats an outer field inside a loop', () => {
    const document = done(drop(mapping(lines()), field('trigger.body.id'), field('lines.[].orderId')));
    expect(document.rules[0]?.rules?.[0]?.value).toEqual({ path: ['trigger', 'body', 'id'] });
  });

  it('asks what a list is to become in a single field', () => {
    const outcome = drop(emptyMapping(), field('trigger.tags', 'list', 'text'), field('label', 'text'));
    expect(outcome).toMatchObject({ kind: 'choose', choices: [{ choice: 'first' }, { choice: 'last' }, { choice: 'join' }, { choice: 'count' }] });
  });

  it('never takes the first item silently', () => {
    const outcome = drop(emptyMapping(), field('trigger.items.[].sku'), field('article'));
    expect(outcome).toMatchObject({
      kind: 'choose',
      choices: [
        { choice: 'first', expression: { path: ['trigger', 'items', '0', 'sku'] } },
        { choice: 'last' },
        { choice: 'join', expression: { fn: 'join', args: [{ fn: 'pluck', args: [{ path: ['trigger', 'items'] }, { const: 'sku' }] }, { const: ', ' }] } },
        { choice: 'count' },
      ],
    });
  });

  it('fills a list of plain values from one field of the items', () => {
    const document = done(drop(emptyMapping(), field('trigger.items.[].sku'), field('articles', 'list', 'text')));
    expect(document.rules[0]).toMatchObject({
      to: ['articles'],
      forEach: { in: { path: ['trigger', 'items'] }, as: 'item' },
      value: { path: ['item', 'sku'] },
    });
  });

  it('says when a list has nothing to repeat', () => {
    expect(drop(emptyMapping(), field('trigger.id'), field('lines.[].orderId'))).toEqual({ kind: 'needsLoop', list: ['lines'] });
  });
});

describe('another name for a loop’s items', () => {
  it('is followed by everything inside, and by nothing outside', () => {
    const document = mapping(
      lines({
        id: 'r2',
        to: ['sku'],
        when: { fn: 'exists', args: [{ path: ['item', 'sku'] }] },
        value: { if: { const: true }, then: { path: ['item', 'sku'] }, else: { index: 'item' } },
      }),
      { id: 'r3', to: ['other'], value: { path: ['item'] } },
    );
    const renamed = renameLoop(setLoop(document, ['lines'], { in: { path: ['trigger', 'body', 'items'] }, as: 'line' }), 'r1', 'item', 'line');
    expect(renamed.rules[0]?.rules?.[0]).toMatchObject({
      when: { fn: 'exists', args: [{ path: ['line', 'sku'] }] },
      value: { then: { path: ['line', 'sku'] }, else: { index: 'line' } },
    });
    expect(renamed.rules[1]?.value).toEqual({ path: ['item'] });
  });
});
