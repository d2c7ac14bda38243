import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { branch, filter, flowOf, forEach, http, mappingOf, path, respond, stop, transform, webhook } from '../testing/flow-builder.ts';
import { flowLimits, parseFlow, parseFlowInTurns } from './parse-flow.ts';
import { upgradeFlow } from './upgrade.ts';

const whole = flowOf(
  {
    trigger: webhook({ samples: [{ title: 'Real', output: { body: { email: null } } }], pinned: 0 }),
    shape: transform({ onError: 'continue' }),
    only: filter(),
    which: branch(),
    lines: forEach({ concurrency: 4, onItemError: 'collect', collect: path('erp', 'body') }),
    erp: http({ in: 'lines', retry: { attempts: 3, backoff: 'exponential' }, timeoutMs: 1_000, onError: 'port' }),
    answer: respond({ input: mappingOf({ 'body.ok': { const: true } }) }),
    end: stop({ outcome: 'failed', message: 'No' }),
  },
  ['trigger → shape', 'shape → only', 'which.bug → lines', 'which.else → end'],
);

const issuesOf = (value: unknown) => {
  const parsed = parseFlow(value);
  return 'issues' in parsed ? parsed.issues : [];
};
const changed = (changes: object) => ({ ...whole, ...changes });
const withStep = (step: unknown) => changed({ steps: { ...whole.steps, extra: step } });

describe('reading an untrusted flow', () => {
  it('gives every kind of step back as it was, in a copy', () => {
    const parsed = parseFlow(whole);
    expect(parsed).toEqual({ flow: whole });
    expect('flow' in parsed && parsed.flow.steps['erp']).not.toBe(whole.steps['erp']);
  });

  it('reads a thousand steps in turns, to the same end', async () => {
    const ids = Array.from({ length: 1_000 }, (_, at) => `s${at}`);
    const large = flowOf({ trigger: webhook(), ...Object.fromEntries(ids.map((id) => [id, http()])) });
    const refused = { ...large, steps: { ...large.steps, s7: { kind: 'none' }, s901: 4 } };
    for (const value of [large, refused, whole]) {
      let turns = 0;
      expect(await parseFlowInTurns(structuredClone(value), async () => void (turns += 1))).toEqual(parseFlow(value));
      expect(turns >= 5).toBe(value !== whole);
    }
  });

  it('drops keys it does not know, wherever they are', () => {
    const parsed = parseFlow(changed({ owner: 'me', status: 'published', steps: { trigger: { ...webhook(), logPath: '/etc' } } }));
    expect(parsed).toEqual({ flow: changed({ steps: { trigger: webhook() } }) });
  });

  it('fills what may be left out of a file written by hand', () => {
    expect(parseFlow({ format: 'weft.flow/1' })).toEqual({
      flow: { format: 'weft.flow/1', title: 'Untitled flow', steps: {}, edges: [], layout: {}, notes: [] },
    });
  });

  it('names the place of everything that is wrong', () => {
    const issues = issuesOf(changed({ title: 7, steps: { trigger: { kind: 'launch' }, loop: { kind: 'forEach' } }, edges: [{ to: 'x' }] }));
    expect(issues.map(({ path: at }) => at.join('.'))).toEqual(['title', 'steps.trigger.kind', 'steps.loop.as', 'edges.0.from']);
  });

  it.each(['__proto__', 'constructor', 'toString', 'prototype'])('refuses %s as the id of a step', (id) => {
    const document = JSON.parse(`{"format":"weft.flow/1","steps":{"${id}":{"kind":"stop","title":""}}}`) as unknown;
    expect(issuesOf(document)).toHaveLength(1);
    expect(({} as Record<string, unknown>)['kind']).toBeUndefined();
  });

  it('refuses __proto__ in data too, and lets a field called constructor be data', () => {
    const sample = (json: string) => withStep(webhook({ samples: [{ title: 'S', output: JSON.parse(json) as unknown }] }));
    expect(issuesOf(sample('{"a":{"__proto__":{"polluted":true}}}'))[0]?.path).toEqual(
      ['steps', 'extra', 'samples', '0', 'output', 'a', '__proto__'],
    );
    expect(issuesOf(sample('{"constructor":"Ferrari"}'))).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'])('keeps a rule that fills %s, wherever it can be filled or not', (segment) => {
    const step = transform({ input: { format: 'weft.mapping/1', rules: [{ id: 'r', to: [segment, 'x'] }, { id: 's', to: ['y'] }] } });
    expect(parseFlow(withStep(step))).toEqual({ flow: withStep(step) });
  });

  it('keeps what is too long, too large or named otherwise, and leaves that to the problems', () => {
    const steps = { long: stop({ title: 'x'.repeat(501), note: 'x'.repeat(20_001) }), each: forEach({ as: '1st' }) };
    const document = changed({ title: 'x'.repeat(501), notes: [{ id: 'n', text: 'x'.repeat(20_001), at: [0, 0] }], steps, edges: [], layout: {} });
    expect(parseFlow(document)).toEqual({ flow: document });
  });

  it.each(['größe', '商品', 'élément', 'item_2', 'constructor'])('takes %s as the name of an item', (as) => {
    expect(issuesOf(withStep(forEach({ as })))).toEqual([]);
  });

  it.each(['a/b', 'a[0]', '1st', '', 'a b', 'x'.repeat(65)])('refuses the id %j: it would not be safe in a journal key', (id) => {
    expect(issuesOf(changed({ steps: { [id]: stop() }, edges: [], layout: {} }))).toHaveLength(1);
  });

  it('refuses 2,001 steps, six megabytes, and 5,000 levels', () => {
    const steps = Object.fromEntries(Array.from({ length: flowLimits.maxSteps + 1 }, (_, at) => [`s${at}`, stop()]));
    expect(issuesOf(changed({ steps }))[0]?.keyword).toBe('maxProperties');
    expect(issuesOf(changed({ description: 'x'.repeat(6 * 1024 * 1024) }))[0]?.keyword).toBe('size');
    let deep: unknown = { const: 1 };
    for (let level = 0; level < 5_000; level++) deep = { fn: 'not', args: [deep] };
    expect(issuesOf(withStep(filter({ condition: deep })))[0]?.keyword).toBe('depth');
  });


  it.each([
    ['one value', { const: 'x'.repeat(1024 * 1024) }],
    ['a hundred arguments', { fn: 'concat', args: Array.from({ length: 100 }, () => ({ const: 'x'.repeat(10 * 1024) })) }],
    ['seventy levels', Array.from({ length: 70 }).reduce<unknown>((inner) => ({ fn: 'not', args: [inner] }), { const: 1 })],
  ])('keeps an expression of a megabyte, or too deep, in %s', (_where, value) => {
    const step = filter({ condition: value });
    expect(parseFlow(withStep(step))).toEqual({ flow: withStep(step) });
  });

  it('refuses a path of three hundred fields', () => {
    const condition = { path: ['trigger', ...Array.from({ length: 300 }, () => 'x')] };
    expect(issuesOf(withStep(filter({ condition })))[0]?.keyword).toBe('maxItems');
  });

  it('takes a long text that somebody wrote', () => {
    expect(issuesOf(withStep(filter({ condition: { const: 'x'.repeat(200 * 1024) } })))).toEqual([]);
  });

  it('refuses two cases with one id, and a case called else', () => {
    const cases = (...ids: string[]) => withStep(branch({ cases: ids.map((id) => ({ id, title: id })) }));
    expect(issuesOf(cases('a', 'a'))).toHaveLength(1);
    expect(issuesOf(cases('else'))).toHaveLength(1);
  });

  it('never throws and never lets a refused value through, whatever it is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything({ maxDepth: 4 }), fc.jsonValue().map((steps) => ({ format: 'weft.flow/1', steps }))), (value) => {
        const parsed = parseFlow(value);
        const again = 'flow' in parsed ? parseFlow(parsed.flow) : parsed;
        expect(again).toEqual(parsed);
        expect('flow' in parsed || parsed.issues.length > 0).toBe(true);
      }),
    );
  });
});

describe('older formats', () => {
  it('are brought up one step at a time', () => {
    const known = {
      'weft.flow/a': { to: 'weft.flow/b', apply: (doc: object) => ({ ...doc, title: 'from a' }) },
      'weft.flow/b': { to: 'weft.flow/1', apply: (doc: object) => ({ ...doc, edges: [] }) },
    };
    expect(upgradeFlow({ format: 'weft.flow/a' }, known)).toEqual({
      document: { format: 'weft.flow/1', title: 'from a', edges: [] },
    });
  });

  it('that come from a newer Weft say so', () => {
    expect(issuesOf({ format: 'weft.flow/9' })[0]?.message).toContain('upgrade Weft');
    expect(issuesOf({ format: 'bpmn' })[0]?.message).toContain('not a Weft flow');
  });
});
