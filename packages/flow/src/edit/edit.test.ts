import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Edge, FlowDocument } from '../document.ts';
import { cycles } from '../graph/cycles.ts';
import { branch, filter, flowOf, fn, forEach, http, mappingOf, path, respond, stop, transform, webhook } from '../testing/flow-builder.ts';
import { rootsReadBy } from '../kinds/parts-of.ts';
import { parseFlow } from '../parse/parse-flow.ts';
import { addStep, insertOnEdge, moveIntoLoop } from './add-step.ts';
import { updateStep } from './update-step.ts';
import { copySteps, duplicateSteps, parseClipboard, pasteSteps } from './clipboard.ts';
import { connect, disconnect, whyNotConnect } from './connect.ts';
import { removeSteps } from './remove-steps.ts';
import { uniqueStepId } from './unique-step-id.ts';

const arrows = (flow: FlowDocument) =>
  flow.edges.map(({ from, to }) => `${from[0]}${from[1] === 'next' ? '' : `.${from[1]}`} → ${to}`);

describe('adding a step', () => {
  it('takes an id that reads like its title and is free', () => {
    const flow = flowOf({ httpRequest: http(), lines: forEach() });
    expect(uniqueStepId(flow, 'HTTP request')).toBe('httpRequest2');
    expect(uniqueStepId(flow, 'Größe prüfen!')).toBe('grossePrufen');
    expect(uniqueStepId(flow, 'Kjøp på Ærø')).toBe('kjopPaAero');
    expect(uniqueStepId(flow, 'line')).toBe('line2');
    expect(uniqueStepId(flow, '注文')).toBe('step');
    expect(uniqueStepId(flow, 'constructor')).toBe('constructor2');
    const dangling = flowOf({ mail: http({ input: mappingOf({ body: path('order', 'id') }) }), only: filter({ condition: path('check') }) });
    expect(uniqueStepId(dangling, 'order')).toBe('order2');
    expect(uniqueStepId(dangling, 'check')).toBe('check2');
  });

  it('never overwrites a step', () => {
    expect(() => addStep(flowOf({ a: stop() }), 'a', stop(), [0, 0])).toThrow('uniqueStepId');
  });

  it('onto an edge puts it between, inside the same loop', () => {
    const flow = flowOf({ lines: forEach(), a: http({ in: 'lines' }), b: http({ in: 'lines' }) }, ['a → b']);
    const spliced = insertOnEdge(flow, flow.edges[0]!, 'mid', transform(), [50, 50]);
    expect(arrows(spliced)).toEqual(['a → mid', 'mid → b']);
    expect(spliced.steps['mid']?.in).toBe('lines');
  });

  it('onto an edge goes on at a branch’s first case, and ends at a stop', () => {
    const flow = flowOf({ trigger: webhook(), b: http() }, ['trigger → b']);
    expect(arrows(insertOnEdge(flow, flow.edges[0]!, 'x', branch(), [0, 0]))).toEqual(['trigger → x', 'x.bug → b']);
    expect(arrows(insertOnEdge(flow, flow.edges[0]!, 'x', stop(), [0, 0]))).toEqual(['trigger → x']);
  });

  it('onto an edge also moves a step that is on the canvas already', () => {
    const flow = flowOf({ trigger: webhook(), b: http(), loose: transform() }, ['trigger → b']);
    expect(arrows(insertOnEdge(flow, flow.edges[0]!, 'loose'))).toEqual(['trigger → loose', 'loose → b']);
  });

  it('onto an edge that is gone changes nothing', () => {
    const flow = flowOf({ trigger: webhook(), b: http() });
    expect(insertOnEdge(flow, { from: ['trigger', 'next'], to: 'b' }, 'x', stop(), [0, 0])).toBe(flow);
  });
});

describe('connecting steps', () => {
  const flow = flowOf({ trigger: webhook(), a: http(), b: http(), lines: forEach(), inner: http({ in: 'lines' }), end: stop() }, ['trigger → a', 'a → b']);

  it.each([
    ['a', 'next', 'a', 'follow itself'],
    ['a', 'next', 'trigger', 'before the trigger'],
    ['a', 'error', 'b', 'no such way out'],
    ['end', 'next', 'b', 'no such way out'],
    ['a', 'next', 'inner', 'border of a loop'],
    ['a', 'next', 'b', 'connected already'],
    ['b', 'next', 'a', 'circle'],
    ['b', 'next', 'nobody', 'gone'],
  ])('%s.%s → %s is refused with a sentence', (from, port, to, reason) => {
    expect(whyNotConnect(flow, [from, port], to)?.message).toContain(reason);
    expect(connect(flow, [from, port], to)).toBe(flow);
  });

  it('and disconnecting them are each other’s undoing', () => {
    const connected = connect(flow, ['b', 'next'], 'end');
    expect(arrows(connected)).toEqual(['trigger → a', 'a → b', 'b → end']);
    expect(disconnect(connected, { from: ['b', 'next'], to: 'end' })).toEqual(flow);
  });
});

describe('removing steps', () => {
  it('closes the chain over the gap, over several too', () => {
    const flow = flowOf({ trigger: webhook(), a: http(), b: http(), c: http() }, ['trigger → a', 'a → b', 'b → c']);
    expect(arrows(removeSteps(flow, ['b']))).toEqual(['trigger → a', 'a → c']);
    expect(arrows(removeSteps(flow, ['a', 'b']))).toEqual(['trigger → c']);
    expect(removeSteps(flow, ['b']).layout).not.toHaveProperty('b');
  });

  it('keeps every way in and out that is without doubt', () => {
    const flow = flowOf({ a: http(), b: http(), gone: http(), c: http() }, ['a → gone', 'b → gone', 'gone → c']);
    expect(arrows(removeSteps(flow, ['gone']))).toEqual(['a → c', 'b → c']);
  });

  it('does not guess where a branch would have gone', () => {
    const flow = flowOf({ trigger: webhook(), gone: branch(), a: http(), b: http() }, ['trigger → gone', 'gone.bug → a', 'gone.else → b']);
    expect(arrows(removeSteps(flow, ['gone']))).toEqual([]);
  });

  it('takes the inside of a loop along', () => {
    const flow = flowOf({ trigger: webhook(), lines: forEach(), inner: forEach({ in: 'lines' }), deep: http({ in: 'inner' }), after: stop() }, [
      'trigger → lines',
      'lines → after',
    ]);
    const removed = removeSteps(flow, ['lines']);
    expect(Object.keys(removed.steps)).toEqual(['trigger', 'after']);
    expect(arrows(removed)).toEqual(['trigger → after']);
  });
});

describe('changing and moving steps', () => {
  it('a key set to undefined goes away', () => {
    const flow = flowOf({ a: http({ note: 'x' }) });
    expect(updateStep(flow, 'a', { note: undefined }).steps['a']).toEqual(http());
  });

  it('into a loop cuts the edges that would cross its border', () => {
    const flow = flowOf({ trigger: webhook(), a: http(), b: http(), lines: forEach() }, ['trigger → a', 'a → b']);
    const moved = moveIntoLoop(flow, ['a', 'b', 'trigger', 'lines'], 'lines');
    expect(arrows(moved)).toEqual(['a → b']);
    expect(moved.steps['trigger']?.in).toBeUndefined();
    expect(moved.steps['lines']?.in).toBeUndefined();
    expect(moveIntoLoop(moved, ['a', 'b'], undefined).steps['a']).toEqual(http());
  });
});

describe('copy and paste', () => {
  const flow = flowOf(
    {
      trigger: webhook(),
      shape: transform({ input: mappingOf({ id: path('trigger', 'body', 'id') }) }),
      lines: forEach({ items: path('shape', 'lines'), collect: path('erp', 'body') }),
      erp: http({ in: 'lines', input: mappingOf({ 'body.line': path('line'), 'body.id': fn('upper', path('shape', 'id')) }) }),
      which: branch({ cases: [{ id: 'x', title: 'X', condition: fn('exists', path('lines', 'items')) }] }),
      only: filter({ condition: path('which', 'case') }),
      answer: respond(),
    },
    ['trigger → shape', 'shape → lines', 'lines → which', 'which.x → only', 'only → answer'],
  );

  it('gives fresh ids, and references among what was copied follow', () => {
    const { flow: pasted, stepIds } = duplicateSteps(flow, ['shape', 'lines']);
    expect(stepIds).toEqual(['shape2', 'lines2', 'erp2']);
    expect(pasted.steps['shape2']).toEqual(flow.steps['shape']);
    expect(pasted.steps['lines2']).toMatchObject({ as: 'line2', items: path('shape2', 'lines'), collect: path('erp2', 'body') });
    expect(pasted.steps['erp2']).toMatchObject({
      in: 'lines2',
      input: { rules: [{ value: path('line2') }, { value: fn('upper', path('shape2', 'id')) }] },
    });
    expect(arrows(pasted).slice(5)).toEqual(['shape2 → lines2']);
    expect(pasted.layout['shape2']).toEqual([240, 40]);
    expect(pasted.layout['erp2']).toEqual([640, 40]);
  });

  it('keeps references to steps that were not copied', () => {
    const { flow: pasted } = duplicateSteps(flow, ['which', 'only']);
    expect(pasted.steps['which2']).toMatchObject({ cases: [{ condition: fn('exists', path('lines', 'items')) }] });
    expect(pasted.steps['only2']).toMatchObject({ condition: path('which2', 'case') });
  });

  it('across flows keeps the ids that are free there and the one trigger', () => {
    const copied = copySteps(flow, ['trigger', 'shape']);
    const other = pasteSteps(flowOf({}), copied, [0, 0]);
    expect(other.stepIds).toEqual(['trigger', 'shape']);
    expect(pasteSteps(flow, copied, [0, 0]).stepIds).toEqual(['shape2']);
    expect(pasteSteps(flowOf({}), copySteps(flow, ['erp']), [7, 9]).flow).toMatchObject({ layout: { erp: [7, 9] } });
    expect(pasteSteps(flowOf({}), copySteps(flow, ['erp']), [0, 0]).flow.steps['erp']).not.toHaveProperty('in');
  });

  it('into a loop puts what was copied inside it', () => {
    expect(pasteSteps(flow, copySteps(flow, ['shape']), [0, 0], { into: 'lines' }).flow.steps['shape2']?.in).toBe('lines');
  });

  it('does not rename a loop’s name inside a mapping that hides the step’s', () => {
    const hidden = flowOf({
      a: transform(),
      b: transform({
        input: {
          format: 'weft.mapping/1',
          rules: [{ id: 'r', to: ['x'], forEach: { in: path('a', 'list'), as: 'a' }, value: path('a', 'name') }],
        },
      }),
    });
    const { flow: pasted } = duplicateSteps(hidden, ['a', 'b']);
    expect(pasted.steps['b2']).toMatchObject({ input: { rules: [{ forEach: { in: path('a2', 'list') }, value: path('a', 'name') }] } });
  });

  const order = http({ title: 'Fetch the order' });
  const mail = http({ title: 'Mail', input: mappingOf({ 'body.to': path('order', 'body', 'email') }) });
  const from = flowOf({ order, mail });
  const readBy = (within: FlowDocument, stepId: string) => [...rootsReadBy(within.steps[stepId]!)];

  it('never reads a stranger: what was read elsewhere gets a name that nobody has', () => {
    const strange = flowOf({ order: http({ title: 'Delete everything' }) });
    const { flow: pasted } = pasteSteps(strange, copySteps(from, ['mail'], 'flow_a'), [0, 0], { flowId: 'flow_b' });
    expect(readBy(pasted, 'mail')).toEqual(['order2']);
    expect(pasteSteps(pasted, copySteps(from, ['order'], 'flow_a'), [0, 0], { flowId: 'flow_b' }).stepIds).toEqual(['order3']);
  });

  it('never reads what is pasted later, either', () => {
    const first = pasteSteps(flowOf({}), copySteps(from, ['mail']), [0, 0]).flow;
    const { flow: both, stepIds } = pasteSteps(first, copySteps(from, ['order', 'mail']), [0, 0]);
    expect(stepIds).toEqual(['order2', 'mail2']);
    expect([readBy(both, 'mail'), readBy(both, 'mail2')]).toEqual([['order'], ['order2']]);
  });

  it('in the flow itself, reads no step that came under the name of one that was removed, whenever it is pasted', () => {
    const clipboard = copySteps(from, ['mail'], 'flow_a');
    const without = removeSteps(from, ['mail', 'order']);
    expect(without.retired).toEqual(['mail', 'order']);
    // Saved and opened again meanwhile.
    const parsed = parseFlow(JSON.parse(JSON.stringify(without)));
    if ('issues' in parsed) throw new Error('It is a flow.');
    const id = uniqueStepId(parsed.flow, 'order');
    const anew = addStep(parsed.flow, id, http({ title: 'Delete everything' }), [0, 0]);
    const { flow: pasted } = pasteSteps(anew, clipboard, [0, 0], { flowId: 'flow_a' });
    expect([id, readBy(pasted, 'mail')]).toEqual(['order2', ['order']]);
    expect(Object.keys(pasted.steps)).toEqual(['order2', 'mail']);
    const many = Array.from({ length: 300 }, (_, at) => `s${at}`).reduce((flow, name) => removeSteps(addStep(flow, name, http(), [0, 0]), [name]), from);
    expect(many.retired).toHaveLength(200);
  });

  it('in the flow itself, what was cut comes back as it was', () => {
    const cut = copySteps(from, ['order'], 'flow_a');
    const { flow: back } = pasteSteps(removeSteps(from, ['order']), cut, [0, 0], { flowId: 'flow_a' });
    expect(back.steps['order']).toEqual(order);
    expect(readBy(pasteSteps(from, copySteps(from, ['mail'], 'flow_a'), [0, 0], { flowId: 'flow_a' }).flow, 'mail2')).toEqual(['order']);
  });

  it('keeps names of items in any alphabet', () => {
    const looped = flowOf({ each: forEach({ as: 'größe' }), inner: http({ in: 'each', input: mappingOf({ body: path('größe') }) }) });
    expect(pasteSteps(flowOf({}), copySteps(looped, ['each']), [0, 0]).flow.steps['each']).toMatchObject({ as: 'größe' });
  });

  it('through text gives the same, and refuses what is not a clipboard', () => {
    const copied = copySteps(flow, ['lines'], 'flow_a');
    expect(parseClipboard(JSON.parse(JSON.stringify(copied)))).toEqual({ clipboard: copied });
    expect(parseClipboard({ format: 'weft.clipboard/1', steps: { x: { kind: 'virus' } } })).toHaveProperty('issues');
    expect(parseClipboard('hello')).toHaveProperty('issues');
  });
});

describe('a step from elsewhere on an edge', () => {
  const flow = flowOf({ trigger: webhook(), a: http(), lines: forEach(), d: http({ in: 'lines' }), e: http({ in: 'lines' }) }, ['trigger → a', 'd → e']);
  const [outside, inside] = flow.edges as [Edge, Edge];

  it('leaves the edges of its loop behind', () => {
    const moved = insertOnEdge(flow, outside, 'd');
    expect(arrows(moved)).toEqual(['trigger → d', 'd → a']);
    expect(moved.steps['d']?.in).toBeUndefined();
  });

  it('is never the loop around that edge', () => {
    expect(insertOnEdge(flow, inside, 'lines')).toBe(flow);
  });
});

describe('any sequence of edits', () => {
  it('never makes a cycle, an edge to nowhere, or an edge across a border', () => {
    const ids = fc.constantFrom('trigger', 'a', 'b', 'c', 'lines', 'd');
    const edit = fc.oneof(
      fc.tuple(ids, ids).map(([from, to]) => (flow: FlowDocument) => connect(flow, [from, 'next'], to)),
      ids.map((id) => (flow: FlowDocument) => removeSteps(flow, [id])),
      ids.map((id) => (flow: FlowDocument) => duplicateSteps(flow, [id]).flow),
      ids.map((id) => (flow: FlowDocument) => (flow.edges[0] ? insertOnEdge(flow, flow.edges[0], id) : flow)),
      fc.tuple(ids, fc.constantFrom('lines', undefined)).map(([id, loop]) => (flow: FlowDocument) => moveIntoLoop(flow, [id], loop)),
    );
    const start = flowOf({ trigger: webhook(), a: http(), b: http(), c: transform(), lines: forEach(), d: http({ in: 'lines' }) }, ['trigger → a']);
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 15 }), (edits) => {
        const flow = edits.reduce((current, change) => change(current), start);
        expect(cycles(flow)).toEqual([]);
        for (const { from, to } of flow.edges) expect(flow.steps[from[0]]?.in).toBe(flow.steps[to]?.in);
        for (const { from, to } of flow.edges) expect(flow.steps[from[0]] && flow.steps[to]).toBeTruthy();
      }),
    );
  });
});
