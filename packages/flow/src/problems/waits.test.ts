import { describe, expect, it } from 'vitest';
import type { Step } from '../document.ts';
import { portsOf } from '../graph/ports-of.ts';
import { parseFlow } from '../parse/parse-flow.ts';
import { renameRoots } from '../edit/rename-roots.ts';
import { outputSchemaOf, sourcesOf, targetOf } from '../schemas/view-of.ts';
import { approval, flowOf, http, mappingOf, path, wait, webhook } from '../testing/flow-builder.ts';
import { testCatalogue as catalogue } from '../testing/test-catalogue.ts';
import { problems } from './problems.ts';

const samples = [{ title: 'Order', output: { method: 'POST', headers: {}, body: { id: 'A1', total: 5, lines: [] } } }];
const trigger = webhook({ samples });
const codesOf = (step: Step, arrows = ['trigger → hold']) => problems(flowOf({ trigger, hold: step, erp: http() }, [...arrows, 'trigger → erp']), catalogue)
  .filter(({ stepId }) => stepId === 'hold')
  .map(({ code }) => code);

describe('a wait', () => {
  it.each([
    ['how long', { mode: 'duration', key: undefined }, 'wait.durationMs'],
    ['until when', { mode: 'date', key: undefined }, 'wait.date'],
    ['for which signal', { key: undefined }, 'wait.key'],
  ])('is told %s before it is published', (_what, changes, code) => {
    expect(codesOf(wait(changes))).toEqual([code]);
  });

  it('that knows is fine', () => {
    expect(codesOf(wait())).toEqual([]);
    expect(codesOf(wait({ mode: 'duration', durationMs: 1_000 }))).toEqual([]);
  });

  it('waits for a text or a number, not for an object', () => {
    expect(codesOf(wait({ key: path('trigger', 'body') }))).toHaveLength(1);
    expect(codesOf(wait({ key: path('trigger', 'body', 'total') }))).toEqual([]);
  });

  it('with a time limit has a second way out, which should lead somewhere', () => {
    const limited = wait({ timeoutMs: 1_000 });
    expect(portsOf(limited).map(({ id }) => id)).toEqual(['next', 'timeout']);
    expect(portsOf(wait({ mode: 'duration', timeoutMs: 1_000 })).map(({ id }) => id)).toEqual(['next']);
    expect(codesOf(limited)).toEqual(['wait.timeoutUnconnected']);
    expect(codesOf(limited, ['trigger → hold', 'hold.timeout → erp'])).toEqual([]);
  });

  it('says who may send its signal with an operation for signals, and needs a connection only where something is checked', () => {
    const use = { connector: 'webhook', version: '1.0.0', operation: 'signal' };
    expect(codesOf(wait({ sender: { use } }))).toEqual([]);
    expect(codesOf(wait({ sender: { use, config: { verify: 'hmac' } } }))).toEqual(['connection.missing']);
    expect(codesOf(wait({ sender: { use, config: { verify: 'hmac' }, connection: 'conn_1' } }))).toEqual([]);
    expect(codesOf(wait({ sender: { use, config: { verify: 'rot13' }, connection: 'conn_1' } }))).toEqual(['config.invalid']);
    expect(codesOf(wait({ sender: { use: { ...use, operation: 'receive' }, config: { path: 'x' } } }))).toEqual(['operation.kind']);
    expect(codesOf(wait({ mode: 'duration', durationMs: 1, sender: { use, config: { verify: 'hmac' } } }))).toEqual([]);
    const started = problems(flowOf({ trigger: { kind: 'trigger', title: 'Signal', use }, erp: http() }, ['trigger → erp']), catalogue);
    expect(started.map(({ code }) => code)).toContain('operation.kind');
  });

  it('goes over to a version of its sender that is installed', () => {
    const use = { connector: 'webhook', version: '0.9.0', operation: 'signal' };
    const flow = flowOf({ trigger, hold: wait({ sender: { use } }) }, ['trigger → hold']);
    const [version] = problems(flow, catalogue).filter(({ code }) => code === 'operation.version');
    expect(version?.fixes?.[0]?.apply(flow).steps['hold']).toEqual(wait({ sender: { use: { ...use, version: '1.0.0' } } }));
  });

  it('gives what the signal brings, as it was described or pasted', () => {
    const pasted = wait({ samples: [{ title: 'Paid', output: { resumedAt: '2026-01-01T00:00:00Z', payload: { paid: true } } }] });
    expect(outputSchemaOf(flowOf({ hold: pasted }), 'hold', catalogue)).toMatchObject({
      required: ['resumedAt'],
      properties: { payload: { properties: { paid: { type: 'boolean' } } } },
    });
    const described = wait({ schemas: { output: { type: 'object', properties: { amount: { type: 'number' } } } } });
    expect(outputSchemaOf(flowOf({ hold: described }), 'hold', catalogue)).toMatchObject({
      properties: { payload: { properties: { amount: { type: 'number' } } } },
    });
  });
});

describe('an approval', () => {
  const connected = ['trigger → hold', 'hold.approved → erp'];

  it('asks something of somebody, and something follows', () => {
    expect(codesOf(approval(), connected)).toEqual([]);
    expect(codesOf(approval({ question: ' ' }), connected)).toEqual(['approval.question']);
    expect(codesOf(approval({ assignees: { users: [], roles: [] } }), connected)).toEqual(['approval.assignees']);
    expect(codesOf(approval())).toEqual(['approval.unconnected']);
  });

  it('shows what it is given, and that is checked like every mapping', () => {
    const shown = approval({ input: mappingOf({ total: path('trigger', 'body', 'nothing') }) });
    expect(codesOf(shown, connected)).toHaveLength(1);
    expect(targetOf(flowOf({ hold: approval({ schemas: { input: { type: 'object' } } }) }), 'hold', catalogue)).toEqual({ type: 'object' });
  });

  it('gives who decided what, and when', () => {
    const [source] = sourcesOf(flowOf({ hold: approval(), erp: http() }, ['hold.rejected → erp']), 'erp', catalogue);
    expect(Object.keys(source?.schema.properties ?? {})).toEqual(['approved', 'comment', 'decidedBy', 'decidedAt']);
  });
});

it('waits and approvals are read as they were written, and follow a rename', () => {
  const flow = flowOf({
    trigger,
    hold: wait({ timeoutMs: 5 }),
    ask: approval({ timeoutMs: 7, onTimeout: 'fail', input: mappingOf({ id: path('trigger', 'body', 'id') }) }),
  }, ['trigger → hold', 'hold → ask']);
  expect(parseFlow(JSON.parse(JSON.stringify(flow)))).toMatchObject({ flow: { steps: flow.steps } });
  const renamed = renameRoots(wait(), new Map([['trigger', 'start']]));
  expect(renamed).toMatchObject({ key: path('start', 'body', 'id') });
});
