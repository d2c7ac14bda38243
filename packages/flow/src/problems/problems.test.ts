import type { Json, JsonSchema } from '@weft/json-schema';
import { describe, expect, it } from 'vitest';
import type { FlowDocument } from '../document.ts';
import { branch, constant, flowOf, fn, forEach, http, mappingOf, path, respond, stop, transform, webhook } from '../testing/flow-builder.ts';
import { testCatalogue as catalogue } from '../testing/test-catalogue.ts';
import { hasErrors, problems, problemsInTurns } from './problems.ts';

const find = (flow: FlowDocument, code: string) => problems(flow, catalogue).find((problem) => problem.code === code);
const codes = (flow: FlowDocument) => problems(flow, catalogue).map(({ code }) => code);
/** The flow after its one fix of this problem has been applied. */
const mended = (flow: FlowDocument, code: string) => find(flow, code)?.fixes?.[0]?.apply(flow) ?? flow;

const samples = [{ title: 'Order', output: { method: 'POST', headers: {}, body: { id: 'A1', paid: true, lines: [{ sku: 'x' }] } } }];
const trigger = webhook({ samples });
const answering = webhook({ samples, config: { path: 'orders', respond: 'when-finished' } });
const sound = flowOf({
  trigger: answering,
  erp: http(),
  answer: respond({ input: mappingOf({ body: path('erp', 'status') }) }),
}, ['trigger → erp', 'erp → answer']);

describe('a flow', () => {
  it('that is sound has no problems', () => {
    expect(problems(sound, catalogue)).toEqual([]);
  });

  it('without a trigger needs one', () => {
    expect(find(flowOf({ end: stop() }), 'trigger.missing')).toMatchObject({ severity: 'error', message: expect.stringContaining('add a trigger') as string });
  });

  it('with two triggers can lose the second', () => {
    const flow = flowOf({ trigger, again: webhook({ title: 'Again' }) });
    expect(find(flow, 'trigger.second')).toMatchObject({ stepId: 'again' });
    expect(codes(mended(flow, 'trigger.second'))).not.toContain('trigger.second');
  });

  it('with its trigger in a loop can have it moved out', () => {
    const flow = flowOf({ trigger: webhook({ in: 'lines' }), lines: forEach() });
    expect(codes(mended(flow, 'trigger.inLoop'))).not.toContain('trigger.inLoop');
  });

  it('whose data is described by more parts than anybody can walk through says where, and is not walked', () => {
    const $defs: Record<string, JsonSchema> = { l0: { type: 'object', properties: { a: { type: 'string' } } } };
    for (let level = 1; level <= 40; level += 1) $defs[`l${level}`] = { allOf: Array<JsonSchema>(2).fill({ $ref: `#/$defs/l${level - 1}` }) };
    const steps = { trigger: answering, erp: http({ schemas: { output: { $ref: '#/$defs/l40', $defs } } }), after: transform() };
    const flow = flowOf({ ...steps, answer: respond({ input: mappingOf({ body: path('erp', 'a') }) }) }, ['trigger → erp', 'erp → after', 'after → answer']);
    expect(find(flow, 'schema.tooLarge')).toMatchObject({ severity: 'error', stepId: 'erp', message: expect.stringContaining('too many cases') as string });
  });

  it('whose outputs double with every step is looked through all the same', () => {
    const ids = Array.from({ length: 60 }, (_, at) => `s${at}`);
    const twice = (root: string) => transform({ input: mappingOf({ a: path(root), b: path(root) }) });
    const steps = Object.fromEntries(ids.map((id, at) => [id, twice(ids[at - 1] ?? 'trigger')]));
    const lines = ids.map((id, at) => `${ids[at - 1] ?? 'trigger'} → ${id}`);
    expect(codes(flowOf({ trigger: webhook(), ...steps }, lines))).toEqual([]);
  });

  it('of hundreds of steps is looked through in turns, to the same end', async () => {
    const ids = Array.from({ length: 600 }, (_, at) => `s${at}`);
    const make = (at: number) => (at % 7 === 0 ? http() : transform({ input: mappingOf({ a: path(ids[at - 1] ?? 'trigger', at % 5 === 0 ? 'gone' : 'a') }) }));
    const steps = Object.fromEntries(ids.map((id, at) => [id, make(at)]));
    const lines = ids.flatMap((id, at) => (at % 50 === 49 ? [] : [`${ids[at - 1] ?? 'trigger'} → ${id}`]));
    const flow = flowOf({ trigger, ...steps }, [...lines, 's3 → s4']);
    let turns = 0;
    const plain = (found: readonly object[]) => JSON.parse(JSON.stringify(found)) as unknown;
    const found = await problemsInTurns(structuredClone(flow), catalogue, async () => void (turns += 1));
    expect(plain(found)).toEqual(plain(problems(flow, catalogue)));
    expect([turns > 0, found.length > 100]).toEqual([true, true]);
  });

  it('that reads a field which one sample has under another name offers the one with the same value', () => {
    const sampleOf = (body: Json, at: number) => ({ title: `Call ${at}`, output: { method: 'POST', headers: {}, body } });
    const withSamples = (...bodies: Json[]) => webhook({ samples: bodies.map(sampleOf) });
    const reading = (of: ReturnType<typeof webhook>) =>
      flowOf({ trigger: of, t: transform({ input: mappingOf({ to: fn('lower', path('trigger', 'body', 'email')) }) }) }, ['trigger → t']);
    const flow = reading(withSamples({ email: 'ada@example.com', id: 1 }, { contact_email: 'ada@example.com', id: 1 }));
    expect(find(flow, 'field.renamed')).toMatchObject({ severity: 'warning', stepId: 't', fixes: [{ title: 'Use contact_email (same value)' }] });
    const after = mended(flow, 'field.renamed').steps['t'];
    expect(after).toMatchObject({ input: { rules: [{ value: fn('lower', path('trigger', 'body', 'contact_email')) }] } });
    const others: Json[][] = [
      [{ email: 'ada@example.com' }, { contact_email: 'bob@example.com' }],
      [{ email: 'a@b.c', contact_email: 'a@b.c' }, { contact_email: 'a@b.c' }],
      [{ email: '' }, { x: '' }],
    ];
    for (const other of others) expect(codes(reading(withSamples(...other)))).not.toContain('field.renamed');
  });

  it('in a zone that does not exist says which ones do', () => {
    expect(find({ ...sound, settings: { timezone: 'Mars/Olympus' } }, 'settings.timezone')?.path).toEqual(['settings', 'timezone']);
    expect(find({ ...sound, settings: { timezone: 'Europe/Oslo' } }, 'settings.timezone')).toBeUndefined();
  });

  it('keeps runs in order by a field of its trigger, and by nothing else', () => {
    const keyed = (...key: string[]) => ({ ...sound, settings: { concurrency: { key } } });
    expect(codes(keyed('trigger', 'body', 'id'))).toEqual([]);
    expect(find(keyed('erp', 'status'), 'settings.concurrencyKey')?.severity).toBe('error');
    expect(codes(mended(keyed('erp', 'status'), 'settings.concurrencyKey'))).toEqual([]);
    expect(find(keyed('trigger', 'body', 'customer'), 'settings.concurrencyKeyUnknown')?.severity).toBe('warning');
  });

  it('calls its runs by a field of its trigger', () => {
    const titled = (...runTitle: string[]) => ({ ...sound, settings: { runTitle } });
    expect(codes(titled('trigger', 'body', 'id'))).toEqual([]);
    for (const path of [['trigger', 'body', 'customer'], ['erp', 'status'], ['trigger']]) {
      expect(find(titled(...path), 'settings.runTitle')?.severity).toBe('warning');
      expect(codes(mended(titled(...path), 'settings.runTitle'))).toEqual([]);
    }
  });

  it('lists its own problems first, then step by step, errors before warnings', () => {
    const flow = flowOf({ last: transform(), first: webhook({ config: {} }), second: transform() }, ['first → second', 'second → last']);
    const found = problems({ ...flow, settings: { timezone: 'x' } }, catalogue);
    expect(found.map(({ stepId }) => stepId)).toEqual([undefined, 'first', 'second', 'last']);
    expect(hasErrors(found)).toBe(true);
    expect(hasErrors(found.filter(({ severity }) => severity === 'warning'))).toBe(false);
  });
});

describe('connections between steps', () => {
  it.each([
    ['edge.fromMissing', flowOf({ trigger, a: http() }, ['trigger → a', 'gone → a'])],
    ['edge.toMissing', flowOf({ trigger }, ['trigger → gone'])],
    ['edge.portMissing', flowOf({ trigger, a: http() }, ['trigger → a', 'a.error → a'])],
    ['edge.toTrigger', flowOf({ trigger, a: http() }, ['trigger → a', 'a → trigger'])],
    ['edge.crossesLoop', flowOf({ trigger, lines: forEach(), a: http({ in: 'lines' }) }, ['trigger → lines', 'lines → a'])],
    ['edge.twice', flowOf({ trigger, a: http() }, ['trigger → a', 'trigger → a'])],
  ])('%s can be mended by a click', (code, flow) => {
    expect(find(flow, code)?.message).toMatch(/\.$/);
    expect(codes(mended(flow, code))).not.toContain(code);
  });

  it('that lead in a circle are named', () => {
    const flow = flowOf({ trigger, a: http({ title: 'A' }), b: http({ title: 'B' }) }, ['trigger → a', 'a → b', 'b → a']);
    expect(find(flow, 'edge.cycle')?.message).toContain('“A”, “B” lead in a circle');
  });

  it('that are missing leave a step that never runs; where there is one open end, a click joins them', () => {
    const flow = flowOf({ trigger, a: http(), loose: transform({ input: mappingOf({ a: constant(1) }) }) }, ['trigger → a']);
    expect(find(flow, 'step.unconnected')).toMatchObject({ severity: 'error', stepId: 'loose', fixes: [{ title: 'Connect it after “Send to ERP”' }] });
    expect(codes(mended(flow, 'step.unconnected'))).toEqual([]);
    const twoEnds = flowOf({ trigger, a: http(), b: http(), loose: transform() }, ['trigger → a', 'trigger → b']);
    expect(find(twoEnds, 'step.unconnected')?.fixes).toBeUndefined();
  });

  it('are not needed by the first steps inside a loop', () => {
    expect(codes(flowOf({ trigger, lines: forEach(), a: http({ in: 'lines' }) }, ['trigger → lines']))).toEqual([]);
  });
});

describe('the operation of a step', () => {
  const using = (use: Partial<{ connector: string; version: string; operation: string }>, changes: object = {}) =>
    flowOf({ trigger, a: http({ use: { connector: 'http', version: '1.0.0', operation: 'request', ...use }, ...changes }) }, ['trigger → a']);

  it('that is not installed is named', () => {
    expect(find(using({ connector: 'sap' }), 'operation.unknown')?.message).toContain('“sap”');
    expect(find(using({ operation: 'teleport' }), 'operation.unknown')?.message).toContain('HTTP has no operation “teleport”');
  });

  it('in another version can be changed to the newest installed', () => {
    const flow = using({ version: '0.9.0' });
    expect(find(flow, 'operation.version')?.fixes?.map(({ title }) => title)).toEqual(['Use version 1.10.0']);
    expect(codes(mended(flow, 'operation.version'))).toEqual([]);
  });

  it('is a trigger at the beginning and nowhere else', () => {
    expect(find(using({ connector: 'webhook', operation: 'receive' }), 'operation.kind')?.message).toContain('starts flows');
    expect(codes(flowOf({ trigger: webhook({ use: { connector: 'http', version: '1.0.0', operation: 'request' } }) }))).toContain('operation.kind');
  });

  it('has the connection it needs', () => {
    const mail = { connector: 'mail', operation: 'send' };
    const input = mappingOf({ to: constant('a@b.example') });
    expect(find(using(mail, { input }), 'connection.missing')).toMatchObject({ path: ['connection'], stepId: 'a' });
    expect(codes(using(mail, { input, connection: 'conn_1' }))).toEqual([]);
  });

  it('that will go away is a warning', () => {
    expect(find(using({ connector: 'old', operation: 'call' }), 'operation.deprecated')).toMatchObject({
      severity: 'warning',
      message: expect.stringContaining('goes away on 2027-01-01: use HTTP instead') as string,
    });
  });
});

describe('the settings of a step', () => {
  const withConfig = (config: object) => flowOf({ trigger: webhook({ config }) });

  it('that are required are asked for by their title, also after their text was deleted', () => {
    for (const config of [{}, { path: '' }]) {
      expect(problems(withConfig(config), catalogue)).toMatchObject([
        { code: 'config.required', path: ['config', 'path'], message: '“Order received” needs “Path”: fill it in.' },
      ]);
    }
  });

  it('that do not fit say what would', () => {
    const flow = flowOf({ trigger, a: http({ config: { method: 'SHOUT' } }) }, ['trigger → a']);
    expect(find(flow, 'config.invalid')).toMatchObject({ stepId: 'a', path: ['config', 'method'] });
  });
});

describe('a loop', () => {
  const looping = (changes: object, inner: object = {}) =>
    flowOf({ trigger, lines: forEach(changes), a: http({ in: 'lines', ...inner }) }, ['trigger → lines']);

  it('has a list to go through', () => {
    expect(find(looping({ items: undefined }), 'loop.items')?.path).toEqual(['items']);
    expect(problems(looping({ items: path('trigger', 'body', 'id') }), catalogue)).toMatchObject([{ stepId: 'lines', path: ['items'], severity: 'error' }]);
  });

  it('has steps inside', () => {
    expect(find(flowOf({ trigger, lines: forEach() }, ['trigger → lines']), 'loop.empty')).toMatchObject({ severity: 'warning' });
  });

  it('calls its item what nothing else is called', () => {
    expect(find(looping({ as: 'trigger' }), 'loop.shadows')?.message).toContain('the step “Order received”');
    const nested = flowOf(
      {
        trigger,
        lines: forEach(),
        inner: forEach({ in: 'lines', items: path('line', 'parts') }),
        a: http({ in: 'inner', input: mappingOf({ url: path('line', 'url') }) }),
      },
      ['trigger → lines'],
    );
    const renamed = mended(nested, 'loop.shadows');
    expect(renamed.steps['inner']).toMatchObject({ as: 'line2', items: path('line', 'parts') });
    expect(renamed.steps['a']).toMatchObject({ input: { rules: [{ value: path('line2', 'url') }] } });
    expect(codes(renamed)).not.toContain('loop.shadows');
  });

  it('collects from what is inside', () => {
    expect(codes(looping({ collect: path('a', 'status') }))).toEqual([]);
    expect(problems(looping({ collect: path('b', 'status') }), catalogue)).toMatchObject([{ stepId: 'lines', path: ['collect'] }]);
  });

  it('that is gone, is no loop, or contains itself lets its steps out', () => {
    const lost = flowOf({ trigger, a: http({ in: 'gone' }) }, ['trigger → a']);
    expect(codes(mended(lost, 'loop.gone'))).toEqual([]);
    expect(codes(flowOf({ trigger, a: http({ in: 'trigger' }) }))).toContain('loop.notALoop');
    expect(codes(flowOf({ trigger, x: forEach({ in: 'y' }), y: forEach({ in: 'x' }) }))).toContain('loop.insideItself');
  });
});

describe('answers', () => {
  it('are given once on every way', () => {
    const flow = flowOf({ trigger: answering, one: respond(), two: respond() }, ['trigger → one', 'one → two']);
    expect(find(flow, 'respond.second')).toMatchObject({ severity: 'error', stepId: 'two' });
    const either = flowOf({ trigger: answering, which: branch(), one: respond(), two: respond() }, ['trigger → which', 'which.bug → one', 'which.else → two']);
    expect(codes(either)).not.toContain('respond.second');
  });

  it('are heard by somebody who waits; a click makes the webhook wait', () => {
    const flow = flowOf({ trigger, answer: respond() }, ['trigger → answer']);
    expect(find(flow, 'respond.unheard')).toMatchObject({ severity: 'warning' });
    expect(mended(flow, 'respond.unheard').steps['trigger']).toMatchObject({ config: { path: 'orders', respond: 'when-finished' } });
    expect(codes(mended(flow, 'respond.unheard'))).toEqual([]);
  });

  it('that callers wait for are given', () => {
    expect(find(flowOf({ trigger: answering }), 'respond.missing')).toMatchObject({ severity: 'warning', stepId: 'trigger' });
  });

  it('inside a loop are a warning', () => {
    const flow = flowOf({ trigger: answering, lines: forEach(), r: respond({ in: 'lines' }) }, ['trigger → lines']);
    expect(find(flow, 'respond.inLoop')).toMatchObject({ severity: 'warning' });
  });
});

describe('trying again', () => {
  const retry = { attempts: 3, backoff: 'exponential' };
  const mail = { use: { connector: 'mail', version: '1.0.0', operation: 'send' }, connection: 'c', input: mappingOf({ to: constant('a@b.example') }) };

  it('what may act twice is a warning that a click takes away', () => {
    const flow = flowOf({ trigger, a: http({ ...mail, retry }) }, ['trigger → a']);
    expect(find(flow, 'retry.unsafe')).toMatchObject({ severity: 'warning', stepId: 'a' });
    expect(codes(mended(flow, 'retry.unsafe'))).toEqual([]);
    expect(codes(flowOf({ trigger, a: http({ retry }) }, ['trigger → a']))).toEqual([]);
  });

  it('what is to be done at most once is not tried again', () => {
    const flow = flowOf({ trigger, a: http({ retry, delivery: 'at-most-once' }) }, ['trigger → a']);
    expect(find(flow, 'delivery.retry')).toMatchObject({ severity: 'error', stepId: 'a', path: ['delivery'] });
    expect(codes(mended(flow, 'delivery.retry'))).toEqual([]);
  });

  it('has bounds', () => {
    const flow = flowOf({ trigger, a: http({ retry: { attempts: 50, backoff: 'fixed', delayMs: -1 }, timeoutMs: 10 ** 9 }) }, ['trigger → a']);
    expect(codes(flow).filter((code) => code === 'retry.range')).toHaveLength(3);
  });

  it('at a way out for failures that leads nowhere is a warning', () => {
    expect(find(flowOf({ trigger, a: http({ onError: 'port' }) }, ['trigger → a']), 'step.errorUnconnected')).toMatchObject({ severity: 'warning' });
  });
});

describe('a pin', () => {
  it('on a sample that is gone is a warning', () => {
    expect(find(flowOf({ trigger: webhook({ pinned: 3 }) }), 'sample.pinned')).toMatchObject({ severity: 'warning' });
  });
});

describe('a large flow', () => {
  it('of 500 steps is checked again after one change without checking every mapping again', () => {
    const ids = Array.from({ length: 500 }, (_, at) => `s${at}`);
    const steps = Object.fromEntries(ids.map((id, at) => [id, http({ input: mappingOf({ url: at === 0 ? constant('x') : path(`s${at - 1}`, 'body') }) })]));
    const flow = flowOf({ trigger, ...steps }, ['trigger → s0', ...ids.slice(1).map((id, at) => `s${at} → ${id}`)]);
    const before = problems(flow, catalogue);
    const after = problems({ ...flow, steps: { ...flow.steps, s0: http({ title: 'Renamed' }) } }, catalogue);
    const kept = after.filter((problem) => before.includes(problem));
    // Only the step that reads the renamed one is told anew what to call it.
    expect(kept.length).toBe(before.length - 1);
  });
});
