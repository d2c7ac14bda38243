import { copySteps, emptyFlow, type Edge, type FlowDocument, type Step } from '@weft/flow';
import { afterEach, describe, expect, it } from 'vitest';
import { rectsOf } from '../../canvas/geometry.ts';
import { i18n } from '../../locales/i18n.ts';
import { addStep, connect, disconnect, duplicate, moveSteps, moveStepsBy, paste, removeSteps, renameStep, updateStep } from './index.ts';

const trigger: Step = { kind: 'trigger', title: 'Start', use: { connector: 'manual', version: '1.0.0', operation: 'run' } };
const map = (title: string, inside?: string): Step => ({ kind: 'transform', title, in: inside });
const edge = (from: string, to: string, port = 'next'): Edge => ({ from: [from, port], to });

function chain(): FlowDocument {
  return {
    ...emptyFlow('Chain'),
    steps: { trigger, a: map('A'), b: map('B') },
    edges: [edge('trigger', 'a'), edge('a', 'b')],
    layout: { trigger: [0, 0], a: [304, 0], b: [608, 0] },
  };
}

function looped(): FlowDocument {
  const flow = chain();
  return {
    ...flow,
    steps: { ...flow.steps, a: { kind: 'forEach', title: 'Each', as: 'item' }, inner: map('Inner', 'a') },
    layout: { ...flow.layout, b: [800, 0], inner: [72, 88] },
  };
}

describe('adding a step', () => {
  it('after the last one joins it and puts it to the right', () => {
    const flow = addStep('c', map('C'), { after: ['b', 'next'] }).apply(chain());
    expect(flow.edges).toContainEqual(edge('b', 'c'));
    expect(flow.layout['c']).toEqual([912, 0]);
  });

  it('after one in the middle splices it in and moves on what follows', () => {
    const flow = addStep('c', map('C'), { after: ['a', 'next'] }).apply(chain());
    expect(flow.edges).toEqual([edge('trigger', 'a'), edge('a', 'c'), edge('c', 'b')]);
    expect(flow.layout['c']).toEqual([608, 0]);
    expect(flow.layout['b']).toEqual([912, 0]);
    expect(flow.layout['a']).toEqual([304, 0]);
  });

  it('into a crooked connection takes the height of what follows, also where that is a loop', () => {
    const flow = looped();
    const crooked = { ...flow, layout: { ...flow.layout, trigger: [0, 200] as [number, number] } };
    const after = addStep('c', map('C'), { edge: edge('trigger', 'a') }).apply(crooked);
    expect(after.layout['c']).toEqual([304, 0]);
    expect(after.layout['a']).toEqual([608, 0]);
    expect(after.layout['inner']).toEqual([72, 88]);
  });

  it('beside what follows makes a second way', () => {
    const flow = addStep('c', map('C'), { after: ['a', 'next'], beside: true }).apply(chain());
    expect(flow.edges).toContainEqual(edge('a', 'b'));
    expect(flow.edges).toContainEqual(edge('a', 'c'));
    expect(flow.layout['c']?.[1]).toBeGreaterThan(0);
  });

  it('into a loop puts it where it can be seen, and the loop makes room', () => {
    const flow = addStep('second', map('Second'), { after: ['inner', 'next'] }).apply(looped());
    expect(flow.steps['second']?.in).toBe('a');
    const rects = rectsOf(flow);
    const [each, next] = [rects.get('a'), rects.get('b')];
    expect((next?.x ?? 0) - ((each?.x ?? 0) + (each?.width ?? 0))).toBeGreaterThanOrEqual(72);
  });

  it('never on top of another', () => {
    const flow = addStep('c', map('C'), { at: [310, 4] }).apply(chain());
    expect(flow.layout['c']?.[1]).toBeGreaterThanOrEqual(64);
  });

  it('does nothing when the id is taken', () => {
    const flow = chain();
    expect(addStep('a', map('C'), {}).apply(flow)).toBe(flow);
  });
});

describe('connections', () => {
  it('are not made in a circle', () => {
    const flow = chain();
    expect(connect(edge('b', 'a')).apply(flow)).toBe(flow);
  });

  it('can be removed, and removing nothing is not a change', () => {
    const flow = chain();
    expect(disconnect([edge('a', 'b')]).apply(flow).edges).toEqual([edge('trigger', 'a')]);
    expect(disconnect([edge('b', 'a')]).apply(flow)).toBe(flow);
  });
});

describe('removing', () => {
  it('closes the chain over the gap', () => {
    expect(removeSteps(['a']).apply(chain()).edges).toEqual([edge('trigger', 'b')]);
  });

  it('takes along what is inside of a loop', () => {
    expect(Object.keys(removeSteps(['a']).apply(looped()).steps)).toEqual(['trigger', 'b']);
  });
});

describe('moving', () => {
  it('moves a loop with what is inside, by one place in the document', () => {
    const flow = moveSteps(['a', 'inner'], [16, 8]).apply(looped());
    expect(flow.layout).toMatchObject({ a: [320, 8], inner: [72, 88] });
  });

  it('by nothing is not a change', () => {
    const flow = chain();
    expect(moveSteps(['a'], [0, 0]).apply(flow)).toBe(flow);
  });
});

describe('copying', () => {
  it('gives pasted steps fresh ids and titles of their own', () => {
    const flow = chain();
    const { command, stepIds } = paste(flow, copySteps(flow, ['a', 'b']), { at: [0, 400] });
    const after = command.apply(flow);
    expect(stepIds).toEqual(['a2', 'b2']);
    expect(stepIds.map((id) => after.steps[id]?.title)).toEqual(['A 2', 'B 2']);
    expect(after.edges).toContainEqual(edge('a2', 'b2'));
    expect(after.layout['a2']).toEqual([0, 400]);
  });

  it('pastes into a loop at the place that was pointed at', () => {
    const flow = looped();
    const { command } = paste(flow, copySteps(flow, ['b']), { at: [504, 80], inside: 'a' });
    expect(command.apply(flow).layout['b2']).toEqual([200, 80]);
  });

  it('duplicates under the originals and never the trigger', () => {
    const flow = chain();
    const { command, stepIds } = duplicate(flow, ['trigger', 'a']);
    expect(stepIds).toEqual(['a2']);
    expect(command.apply(flow).layout['a2']).toEqual([304, 104]);
  });
});

describe('changing a step', () => {
  it('by a patch takes keys away that are set to undefined', () => {
    const flow = updateStep('a', { note: 'Hello' }).apply(chain());
    expect(updateStep('a', { note: undefined }).apply(flow).steps['a']).not.toHaveProperty('note');
  });

  it('that is gone is not a change', () => {
    const flow = chain();
    expect(renameStep('gone', 'X').apply(flow)).toBe(flow);
  });
});

describe('what undo says of steps that were moved', () => {
  const { language } = i18n;
  afterEach(async () => {
    await i18n.changeLanguage(language);
    i18n.removeResourceBundle('eo', 'editor');
  });

  it('is said in the person’s language, dragged or moved with the arrow keys', async () => {
    i18n.addResourceBundle('eo', 'editor', { did: { move_one: 'Movi paŝon', move_other: 'Movi paŝojn' } });
    await i18n.changeLanguage('eo');
    const by: [number, number] = [8, 0];
    expect([moveSteps(['a'], by), moveStepsBy(new Map([['a', by]]), new Map())].map(({ label }) => label)).toEqual(['Movi paŝon', 'Movi paŝon']);
    expect(moveStepsBy(new Map([['a', by], ['b', by]]), new Map()).label).toBe('Movi paŝojn');
  });
});
