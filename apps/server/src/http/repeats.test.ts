import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWeft, type Person, type TestWeft } from '../../test/weft.ts';
import type { FlowDetail, FlowSummary, Page } from '@weft/api';

let weft: TestWeft;
let ada: Person;
beforeAll(async () => {
  weft = await startWeft();
  ada = await weft.claim();
});
afterAll(() => weft.stop());

const create = (person: Person, title: string, key: string) =>
  person.send<FlowDetail>('POST', `/w/${person.workspace}/flows`, { title }, { 'idempotency-key': key });
const titles = async () => (await ada.send<Page<FlowSummary>>('GET', `/w/${ada.workspace}/flows`)).body.items.map(({ title }) => title);

describe('a POST with an Idempotency-Key', () => {
  test('does its work once and gives the same answer again', async () => {
    const first = await create(ada, 'Once', 'key-1');
    const second = await create(ada, 'Once', 'key-1');
    expect(second.status).toBe(first.status);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect((await titles()).filter((title) => title === 'Once')).toHaveLength(1);
  });

  test('does its work once when both arrive at the same time', async () => {
    const answers = await Promise.all([create(ada, 'Together', 'key-2'), create(ada, 'Together', 'key-2')]);
    expect(answers.map(({ status }) => status).filter((status) => status !== 409)).not.toHaveLength(0);
    expect((await titles()).filter((title) => title === 'Together')).toHaveLength(1);
  });

  test('is refused for a different request', async () => {
    await create(ada, 'Mine', 'key-3');
    expect(await create(ada, 'Other', 'key-3')).toMatchObject({ status: 422, body: { code: 'idempotency.mismatch' } });
  });

  test('is tried again after a failure', async () => {
    const send = () => ada.send('POST', `/w/${ada.workspace}/flows`, { starter: 'no-such-starter' }, { 'idempotency-key': 'key-4' });
    const first = await send();
    expect(first.status).toBeGreaterThanOrEqual(400);
    expect((await send()).headers.get('idempotency-replayed')).toBeNull();
  });

  test('means nothing to somebody else', async () => {
    const eve = await weft.someoneElse();
    const hers = await create(eve, 'Once', 'key-1');
    expect(hers.headers.get('idempotency-replayed')).toBeNull();
  });
});
