import type { Connector } from '@weft/connector-sdk';
import { connectors } from '@weft/connectors';
import type { Step } from '@weft/flow';
import { expect, test } from 'vitest';
import type { ConnectionSummary, Rejection } from '@weft/api';
import { flowOf, path, publishFlow, webhook } from '../../../test/flow-parts.ts';
import { bank, shop } from '../../../test/second-connectors.ts';
import { startWeft } from '../../../test/weft.ts';

/** The shop as another build has it: the till is no sender any more. */
const withoutTill: Connector = {
  ...shop,
  descriptor: { ...shop.descriptor, operations: shop.descriptor.operations.map((operation) => ({ ...operation, trigger: { strategy: 'webhook' } })) },
};

test('where nobody can tell any more who may call, nobody may: a check is never loosened', async () => {
  const installed: Connector[] = [...connectors, shop, bank];
  const weft = await startWeft({ connectors: installed, starters: [] });
  try {
    const ada = await weft.claim();
    const connection = async (connector: string, scheme: string, credentials: object) =>
      (await ada.send<ConnectionSummary>('POST', `/w/${ada.workspace}/connections`, { title: connector, connector, scheme, config: {}, credentials })).body.id;
    const [key, token] = [await connection('shop', 'signing-key', { signingKey: 'k' }), await connection('bank', 'token', { token: 't' })];
    const trigger: Step = {
      kind: 'trigger',
      title: 'Told',
      use: { connector: 'shop', version: '2.1.0', operation: 'told' },
      config: { path: 'told', verify: { by: 'till' } },
      connection: key,
    };
    const told = await publishFlow(ada, flowOf({ trigger }));
    const hold: Step = {
      kind: 'wait',
      title: 'Wait',
      mode: 'signal',
      key: path('trigger', 'body', 'id'),
      sender: { use: { connector: 'bank', version: '1.0.0', operation: 'paid' }, connection: token },
    };
    const waits = await publishFlow(ada, flowOf({ trigger: webhook({ path: 'waits', respond: 'immediately' }), hold }, ['trigger → hold']));

    installed.splice(installed.indexOf(shop), 2, withoutTill);
    await weft.restart();
    const post = (url: string) => fetch(url, {
      method: 'POST',
      body: '{"payment":{"reference":"A-1"}}',
      headers: { 'content-type': 'application/json', 'x-bank-token': 't' },
    });
    expect((await post(`${weft.url}/hooks/${ada.workspace}/told`)).status).toBe(401);
    expect((await post(`${weft.url}/hooks/${ada.workspace}/signals/${waits.id}/hold?key=A-1`)).status).toBe(401);
    const reasonsOf = async (base: string) => (await ada.send<Rejection[]>('GET', `${base}/rejections`)).body.map(({ reason }) => reason);
    await expect.poll(() => reasonsOf(told.base)).toEqual(['unknown_check']);
    await expect.poll(() => reasonsOf(waits.base)).toEqual(['unknown_check']);
  } finally {
    await weft.stop();
  }
});
