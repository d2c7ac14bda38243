import { connectionTakenOut, type Step } from '@weft/flow';
import { addTestEcho, approval, flowOf, forEach, http, testEcho, wait, webhook } from '@weft/flow/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adopt } from './adopt.ts';

const ours = {
  connection: async (id: string) => id === 'conn_ours',
  flow: (id: string) => id === 'flow_ours',
  member: async (id: string) => id === 'usr_ours',
};
const use = { connector: 'mail', version: '1.0.0', operation: 'send' };
const adopted = async (step: Step): Promise<Step> => (await adopt(flowOf({ step }), ours)).document.steps['step']!;

describe('a document from outside', () => {
  let remove: () => void;
  beforeAll(() => void (remove = addTestEcho()));
  afterAll(() => remove());

  test.each<[string, (connection: string | undefined) => Step]>([
    ['a trigger', (connection) => webhook({ connection })],
    ['an action', (connection) => http({ connection })],
    ['the source of a stream', (connection) => forEach({ source: { use, connection } })],
    ['the sender of a signal', (connection) => wait({ sender: { use, connection } })],
    ['a sender that is not used now', (connection) => wait({ mode: 'duration', sender: { use, connection } })],
    ['a kind that nobody here has heard of', (connection) => testEcho({ use, connection })],
  ])('keeps the connection of %s only where it is ours', async (_what, step) => {
    expect(await adopted(step('conn_ours'))).toEqual(step('conn_ours'));
    expect(JSON.stringify(await adopted(step('conn_theirs')))).not.toContain('conn_theirs');
    expect(await adopted(step('conn_theirs'))).toEqual(step(connectionTakenOut));
  });

  test('says what it took out, step by step', async () => {
    const document = flowOf({
      mail: http({ title: 'Mail', connection: 'conn_theirs' }),
      kept: http({ connection: 'conn_ours' }),
      call: { kind: 'subflow', title: 'Call', flow: 'flow_theirs' },
      open: { kind: 'subflow', title: 'Nothing chosen', flow: '' },
      ask: approval({ title: 'Ask', assignees: { users: ['usr_ours', 'usr_theirs'], roles: ['owner'] } }),
    });
    expect((await adopt(document, ours)).dropped).toEqual([
      { stepId: 'mail', step: 'Mail', what: 'connection' },
      { stepId: 'call', step: 'Call', what: 'flow' },
      { stepId: 'ask', step: 'Ask', what: 'people' },
    ]);
  });

  test('calls our flows only', async () => {
    const call = (flow: string): Step => ({ kind: 'subflow', title: 'Call', flow });
    expect(await adopted(call('flow_ours'))).toEqual(call('flow_ours'));
    expect(await adopted(call('flow_theirs'))).toEqual(call(''));
  });

  test('asks our people only', async () => {
    const asking = (...users: string[]) => approval({ assignees: { users, roles: ['owner'] } });
    expect(await adopted(asking('usr_ours', 'usr_theirs'))).toEqual(asking('usr_ours'));
  });
});
