import type { Expression } from '@weft/mapping';
import { describe, expect, it } from 'vitest';
import { filter, flowOf, forEach, mappingOf, stop, transform, webhook } from '../testing/index.ts';
import { testCatalogue as catalogue } from '../testing/test-catalogue.ts';
import type { FlowDocument, Step } from '../document.ts';
import { problems } from './problems.ts';

const limitsOf = (flow: FlowDocument) => problems(flow, catalogue).filter(({ code }) => code === 'limit');
const ofStep = (step: Step) => limitsOf(flowOf({ step })).map(({ stepId, path, ruleId, message }) => ({ stepId, path, ruleId: ruleId || undefined, message }));
const long = (letters: number) => 'x'.repeat(letters);

describe('what is too long, too large or cannot be a name', () => {
  it.each<[string, Step, string[], string]>([
    ['a title', stop({ title: long(501) }), ['title'], 'the title may have at most 500 characters: shorten it'],
    ['a note', stop({ title: 'End', note: long(20_001) }), ['note'], '“End”: the note may have at most 20000 characters'],
    ['the name of an item', forEach({ as: '1st' }), ['as'], 'must begin with a letter'],
    ['a condition', filter({ condition: { const: long(300_000) } }), ['condition'], 'larger than 256 kB'],
    ['a message', stop({ title: 'End', message: long(2_001) }), ['message'], '“message” may have at most 2000 characters'],
  ])('is a problem at its field: %s', (_what, step, path, message) => {
    expect(ofStep(step)).toEqual([{ stepId: 'step', path, message: expect.stringContaining(message) }]);
  });

  it('is a problem where its rule writes, in loops too', () => {
    const value: Expression = { const: long(300_000) };
    const rules = [
      { id: 'a', to: ['body', 'text'], value },
      { id: 'l', to: ['rows'], forEach: { in: { path: ['t'] }, as: 'row' }, rules: [{ id: 'b', to: ['text'], value }] },
    ];
    const found = ofStep(transform({ input: { format: 'weft.mapping/1', rules } }));
    expect(found.map(({ path, ruleId }) => [ruleId, ...path!])).toEqual([['a', 'input', 'body', 'text'], ['b', 'input', 'rows', '0', 'text']]);
  });

  it('is a problem of the flow where no step has it', () => {
    const flow = { ...flowOf({}), title: long(501), notes: [{ id: 'n', text: long(20_001), at: [0, 0] as [number, number] }] };
    expect(limitsOf(flow).map(({ stepId, path }) => [stepId, path])).toEqual([[undefined, ['title']], [undefined, ['notes', '0', 'text']]]);
  });

  it('is said once, by whoever says it best', () => {
    const step = transform({ title: 'Shape', input: mappingOf({ a: { const: 1 } }), retry: { attempts: 99, backoff: 'fixed' } });
    const found = problems(flowOf({ trigger: webhook(), step }), catalogue).filter(({ path }) => path?.[0] === 'retry');
    expect(found.map(({ code }) => code)).toEqual(['retry.range']);
  });
});
