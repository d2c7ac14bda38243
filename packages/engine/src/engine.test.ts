import { describe, expect, it } from 'vitest';
import { begin, benchOf, branch, constant, filter, flowOf, fn, mappingOf, path, respond, send, stop, strict, transform } from './testing/workshop.ts';

describe('a run', () => {
  it('goes from the trigger through a mapping to the answer', async () => {
    const flow = flowOf(
      { begin: begin(), shape: transform({ name: fn('upper', path('begin', 'body', 'name')) }), answer: respond({ body: path('shape') }) },
      ['begin → shape', 'shape → answer'],
    );
    const { run } = await benchOf(flow);
    const { outcome, answer, facts, outputs } = await run({ body: { name: 'ada' } });
    expect(answer).toEqual({ status: 200, headers: {}, body: { name: 'ADA' } });
    expect(outcome).toMatchObject({ status: 'succeeded', answer });
    expect(facts).toEqual(['begin succeeded', 'shape succeeded', 'answer succeeded']);
    expect(outputs['begin']).toEqual({ body: { name: 'ada' } });
  });

  it('without an effect is one commit, answered after it', async () => {
    const flow = flowOf({ begin: begin(), shape: transform({ a: constant(1) }), answer: respond({ body: path('shape') }) }, [
      'begin → shape',
      'shape → answer',
    ]);
    const { store, engine, newRun } = await benchOf(flow);
    const before = store.commits;
    const { answer } = await engine.start(newRun(), { lease: true });
    expect(store.runs.size).toBe(0);
    await answer;
    expect(store.commits - before).toBe(1);
    expect([...store.runs.values()][0]?.status).toBe('succeeded');
  });

  it('with one effect is two commits: all before it, and all after it', async () => {
    const flow = flowOf({ begin: begin(), send: send(), answer: respond({ body: path('send') }) }, ['begin → send', 'send → answer']);
    const committedWhenCalled: string[] = [];
    const bench = await benchOf(flow, {
      handle: ({ run }) => {
        committedWhenCalled.push(...(bench.store.runs.get(run.runId)?.entries.map(({ stepKey, kind }) => `${stepKey} ${kind}`) ?? []));
        return {};
      },
    });
    const before = bench.store.commits;
    const { facts } = await bench.run();
    expect(committedWhenCalled).toEqual(['begin succeeded', 'send started']);
    expect(facts).toEqual(['begin succeeded', 'send started', 'send succeeded', 'answer succeeded']);
    expect(bench.store.commits - before).toBe(2);
  });

  it('publishes what happened, each thing after its commit', async () => {
    const flow = flowOf({ begin: begin(), send: send(), answer: respond({}) }, ['begin → send', 'send → answer']);
    const notYet: string[] = [];
    const bench = await benchOf(flow, {
      publish: (event) => {
        const stored = bench.store.runs.get(event.run.runId);
        const isStored = event.type !== 'run.steps' || event.entries.every((entry) => stored?.entries.includes(entry));
        if (!stored || !isStored) notYet.push(event.type);
        bench.events.push(event);
      },
    });
    await bench.run();
    expect(notYet).toEqual([]);
    expect(bench.events.map(({ type }) => type)).toEqual(['run.started', 'run.steps', 'run.steps', 'run.finished']);
  });

  it('that reaches no answer gives 204, one that fails 500 with its id and nothing from inside', async () => {
    const quiet = await (await benchOf(flowOf({ begin: begin() }))).run();
    expect(quiet.answer).toEqual({ status: 204, headers: {}, body: undefined });
    const failing = await benchOf(flowOf({ begin: begin(), send: send() }, ['begin → send']), {
      handle: () => {
        throw new Error('password=hunter2');
      },
    });
    const { answer, outcome, runId } = await failing.run();
    expect(answer).toEqual({ status: 500, headers: {}, body: { error: 'The flow failed.', runId } });
    expect(outcome.error).toMatchObject({ kind: 'unknown', stepKey: 'send' });
  });

  it('sends only the first answer, with its status and headers', async () => {
    const flow = flowOf(
      {
        begin: begin(),
        first: respond({ status: constant(201), 'headers.x-number': constant(7), body: constant('one') }),
        second: respond({ body: constant('two') }),
      },
      ['begin → first', 'first → second'],
    );
    const { answer, outcome } = await (await benchOf(flow)).run();
    expect(answer).toEqual({ status: 201, headers: { 'x-number': '7' }, body: 'one' });
    expect(outcome.answer).toEqual(answer);
  });

  it('answers before it goes on with what takes long', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const flow = flowOf({ begin: begin(), answer: respond({ body: constant('soon') }), send: send() }, ['begin → answer', 'answer → send']);
    const { engine, newRun } = await benchOf(flow, { handle: () => released.then(() => ({})) });
    const { answer, finished } = await engine.start(newRun(), { lease: true });
    expect(await answer).toMatchObject({ status: 200, body: 'soon' });
    release();
    expect(await finished).toMatchObject({ status: 'succeeded' });
  });

  it.each([
    ['a status that is none', { status: constant(99) }, 'from 200 to 599'],
    ['headers that are none', { headers: constant('x') }, 'names with texts'],
    ['a header that is an object', { 'headers.a': constant({}) }, 'list of texts'],
  ])('refuses an answer with %s', async (_, rules, sentence) => {
    const { outcome } = await (await benchOf(flowOf({ begin: begin(), answer: respond(rules) }, ['begin → answer']))).run();
    expect(outcome).toMatchObject({ status: 'failed', error: { stepKey: 'answer' } });
    expect(outcome.error?.message).toContain(sentence);
  });

  it('of a flow that cannot run says why', async () => {
    const circle = await benchOf(flowOf({ begin: begin(), a: send({ title: 'A' }), b: send({ title: 'B' }) }, ['begin → a', 'a → b', 'b → a']));
    expect((await circle.run()).outcome.error?.message).toContain('circle');
    const nothing = await benchOf(flowOf({ a: send() }));
    expect((await nothing.run()).outcome.error?.message).toContain('add a trigger');
    const unknown = await benchOf(flowOf({ begin: begin(), a: send({ use: { connector: 'gone', version: '1.0.0', operation: 'x' } }) }, ['begin → a']));
    expect((await unknown.run()).outcome.error).toMatchObject({ kind: 'unsupported', stepKey: 'a' });
  });

  it('whose document is gone fails with a sentence instead of waiting for ever', async () => {
    const bench = await benchOf(flowOf({}), { flows: { load: () => Promise.reject(new Error('The document is gone.')) } });
    expect((await bench.run()).outcome).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('gone') as string } });
  });

  it('never runs a step that nothing leads to', async () => {
    const { calls, run } = await benchOf(flowOf({ begin: begin(), loose: send() }));
    expect((await run()).facts).toEqual(['begin succeeded']);
    expect(calls).toEqual([]);
  });
});

describe('ways through a flow', () => {
  const join = flowOf(
    {
      begin: begin(),
      which: branch({ bug: fn('equals', path('begin', 'kind'), constant('bug')) }),
      fix: transform({ did: constant('fix') }),
      thank: transform({ did: constant('thank') }),
      after: transform({ fix: path('fix', 'did'), thank: path('thank', 'did') }),
    },
    ['begin → which', 'which.bug → fix', 'which.else → thank', 'fix → after', 'thank → after'],
  );

  it('a branch takes the first case that is true, and the others are skipped', async () => {
    const { run } = await benchOf(join);
    const { facts, outputs } = await run({ kind: 'bug' });
    expect(facts).toEqual(['begin succeeded', 'which succeeded', 'thank skipped', 'fix succeeded', 'after succeeded']);
    expect(outputs['which']).toEqual({ case: 'bug' });
  });

  it('a step after both runs once, and what was skipped is missing', async () => {
    const { run } = await benchOf(join);
    expect((await run({ kind: 'bug' })).outputs['after']).toEqual({ fix: 'fix' });
    expect((await run({ kind: 'idea' })).outputs['after']).toEqual({ thank: 'thank' });
  });

  it('a step after two parallel steps waits for both', async () => {
    const { promise: slow, resolve: release } = Promise.withResolvers<void>();
    const flow = flowOf({ begin: begin(), a: send(), b: send(), join: transform({ a: path('a', 'n'), b: path('b', 'n') }) }, [
      'begin → a',
      'begin → b',
      'a → join',
      'b → join',
    ]);
    const bench = await benchOf(flow, {
      handle: async ({ stepKey }) => {
        if (stepKey === 'a') await slow;
        else release();
        return { n: stepKey };
      },
    });
    const { outputs, outcome } = await bench.run();
    expect(outcome.status).toBe('succeeded');
    expect(outputs['join']).toEqual({ a: 'a', b: 'b' });
  });

  it('a filter that says no ends the run as skipped', async () => {
    const flow = flowOf({ begin: begin(), only: filter(path('begin', 'paid')), send: send() }, ['begin → only', 'only → send']);
    const { run, calls } = await benchOf(flow);
    const { outcome, facts, outputs, answer } = await run({ paid: false });
    expect(outcome.status).toBe('skipped');
    expect(facts).toEqual(['begin succeeded', 'only skipped', 'send skipped']);
    expect(outputs['only']).toEqual({ passed: false });
    expect(answer.status).toBe(204);
    expect(calls).toEqual([]);
    expect((await run({ paid: true })).outcome.status).toBe('succeeded');
    expect((await run({})).outcome.status).toBe('skipped');
  });

  it('a filter on one of two ways does not make the run skipped', async () => {
    const flow = flowOf({ begin: begin(), only: filter(constant(false)), other: transform({}) }, ['begin → only', 'begin → other']);
    expect((await (await benchOf(flow)).run()).outcome.status).toBe('succeeded');
  });

  it('a condition that gives something else than true or false fails with a sentence', async () => {
    const flow = flowOf({ begin: begin(), only: filter(path('begin', 'name')) }, ['begin → only']);
    const { outcome } = await (await benchOf(flow)).run({ name: 'yes' });
    expect(outcome.error).toMatchObject({ stepKey: 'only', message: expect.stringContaining('gave a text') as string });
  });

  it('a stop ends everything, with its message where it means failure', async () => {
    const flow = (outcome: string) =>
      flowOf({ begin: begin(), end: stop({ outcome, message: 'Not today.' }), other: send() }, ['begin → end', 'begin → other']);
    const good = await (await benchOf(flow('succeeded'))).run();
    expect(good.outcome).toMatchObject({ status: 'succeeded' });
    const bad = await (await benchOf(flow('failed'))).run();
    expect(bad.outcome).toMatchObject({ status: 'failed', error: { message: 'Not today.', stepKey: 'end' } });
  });
});

describe('what goes into an operation', () => {
  it('has its defaults and is checked against what the operation declares', async () => {
    const flow = (amount: ReturnType<typeof constant>) =>
      flowOf({ begin: begin(), pay: strict({ input: { format: 'weft.mapping/1', rules: [{ id: 'r', to: ['amount'], value: amount }] } }) }, ['begin → pay']);
    const good = await benchOf(flow(constant(5)), { handle: () => ({ id: 'p1' }) });
    await good.run();
    expect(good.calls[0]).toMatchObject({ input: { amount: 5, currency: 'NOK' }, config: { mode: 'fast' } });
    const bad = await benchOf(flow(constant('five')));
    const { outcome, entries } = await bad.run();
    expect(bad.calls).toEqual([]);
    expect(outcome.error).toMatchObject({ kind: 'invalid_input', stepKey: 'pay', path: ['input', 'amount'] });
    expect(entries.at(-1)?.input).toEqual({ amount: 'five', currency: 'NOK' });
  });

  it('takes and gives numbers with more digits than a number keeps where numbers are declared; other texts are refused', async () => {
    const input = mappingOf({ amount: path('begin', 'amount') });
    const bench = await benchOf(flowOf({ begin: begin(), pay: strict({ input }) }, ['begin → pay']), { handle: () => ({ id: 'A' }) });
    expect((await bench.run({ amount: '7615917337495251231' })).outcome.status).toBe('succeeded');
    expect(bench.calls[0]).toMatchObject({ input: { amount: '7615917337495251231' }, exact: [['amount']] });
    for (const amount of ['42', 'n/a', '']) {
      expect((await bench.run({ amount })).outcome).toMatchObject({ status: 'failed', error: { path: ['input', 'amount'] } });
    }
    expect(bench.calls).toHaveLength(1);
  });

  it('is not called with settings that it does not declare so', async () => {
    const input = { format: 'weft.mapping/1', rules: [{ id: 'r', to: ['amount'], value: constant(5) }] };
    const bench = await benchOf(flowOf({ begin: begin(), pay: strict({ config: { mode: 7 }, input }) }, ['begin → pay']));
    expect((await bench.run()).outcome.error).toMatchObject({
      kind: 'invalid_input',
      stepKey: 'pay',
      path: ['config', 'mode'],
      message: expect.stringContaining('“mode”'),
    });
    expect(bench.calls).toEqual([]);
  });

  it('that cannot be mapped names the rule', async () => {
    const input = { format: 'weft.mapping/1', rules: [{ id: 'r9', to: ['amount'], value: fn('toNumber', path('begin', 'amount')) }] };
    const bench = await benchOf(flowOf({ begin: begin(), pay: strict({ input }) }, ['begin → pay']));
    expect((await bench.run({ amount: 'a lot' })).outcome.error).toMatchObject({ kind: 'invalid_input', ruleId: 'r9', stepKey: 'pay' });
  });

  it('and comes out otherwise than declared is a broken contract', async () => {
    const input = { format: 'weft.mapping/1', rules: [{ id: 'r', to: ['amount'], value: constant(1) }] };
    const bench = await benchOf(flowOf({ begin: begin(), pay: strict({ input }) }, ['begin → pay']), { handle: () => ({ number: 7 }) });
    expect((await bench.run()).outcome.error).toMatchObject({ kind: 'contract_violation', stepKey: 'pay' });
  });

  it('and comes out otherwise than learned is a warning', async () => {
    const schemas = { output: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] } };
    const bench = await benchOf(flowOf({ begin: begin({ schemas }), send: send({ schemas }) }, ['begin → send']), { handle: () => ({ id: 7 }) });
    const { outcome, entries } = await bench.run({});
    expect(outcome.status).toBe('succeeded');
    expect(entries.filter(({ warnings }) => warnings).map(({ stepKey, warnings }) => [stepKey, warnings?.length])).toEqual([
      ['begin', 1],
      ['send', 1],
    ]);
  });
});
