import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineSentences } from './define-sentences.ts';
import { fillTemplate } from './fill-template.ts';

const { say, part } = defineSentences({
  'retry.range': '{{step}} can be tried 1 to {{max}} times.',
  'step.untitled': 'A step without a title',
  items_one: '{{count}} item',
  items_other: '{{count}} items',
  plain: 'Choose a flow.',
});

describe('a sentence', () => {
  it('is said in English and keeps what it takes to say it in another language', () => {
    expect(say('retry.range', { step: '“Send”', max: 10 })).toEqual({
      message: '“Send” can be tried 1 to 10 times.',
      sentence: { code: 'retry.range', values: { step: '“Send”', max: 10 } },
    });
    expect(say('plain')).toEqual({ message: 'Choose a flow.', sentence: { code: 'plain' } });
  });

  it('can stand in a place of another one', () => {
    const said = say('retry.range', { step: part('step.untitled'), max: 10 });
    expect(said.message).toBe('A step without a title can be tried 1 to 10 times.');
    expect(said.sentence.values).toEqual({ step: { code: 'step.untitled' }, max: 10 });
  });

  it('takes what was said already, by whichever package, and keeps its sentence only', () => {
    const elsewhere = defineSentences({ 'other.step': 'The step {{name}}' }).say('other.step', { name: '“A”' });
    expect(say('retry.range', { step: elsewhere, max: 10 })).toEqual({
      message: 'The step “A” can be tried 1 to 10 times.',
      sentence: { code: 'retry.range', values: { step: elsewhere.sentence, max: 10 } },
    });
    expect(say('retry.range', { step: { message: 'A service' }, max: 10 }).sentence.values).toEqual({ step: 'A service', max: 10 });
  });

  it('has a form for one and a form for several', () => {
    expect([0, 1, 2].map((count) => say('items', { count }).message)).toEqual(['0 items', '1 item', '2 items']);
  });

  it('leaves alone whatever a person typed', () => {
    expect(say('retry.range', { step: '{{max}} $& {{step}}', max: 3 }).message).toBe('{{max}} $& {{step}} can be tried 1 to 3 times.');
    fc.assert(fc.property(fc.string(), (text) => fillTemplate('<{{it}}>', { it: text }) === `<${text}>`));
  });

  it('is asked for with the values of its template, or does not compile', () => {
    // @ts-expect-error: a value is missing.
    expect(say('retry.range', { step: 'x' }).message).toContain('{{max}}');
    // @ts-expect-error: no such sentence.
    expect(() => say('none')).toThrow('none');
  });
});
