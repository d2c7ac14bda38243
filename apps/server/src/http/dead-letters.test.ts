import { expect, onTestFinished, test } from 'vitest';
import { endedRun } from '../../test/ended-run.ts';
import { mappingOf, streamFlow } from '../../test/stream-flow.ts';
import { type Person, startWeft } from '../../test/weft.ts';
import type { DeadLetter, DeadLetterCause, FlowDetail, Page, RunDetail } from '@weft/api';

const rows = 'n,name\n1,Ada\ntwo,Alan\n3,\nfour,Edsger\nfive,Grace\n';

/** A number that is none, and a name that is missing, are two causes. */
const flow = () => {
  const document = streamFlow();
  document.steps['named'] = {
    kind: 'transform',
    title: 'Named',
    in: 'each',
    input: mappingOf({ size: { fn: 'toInteger', args: [{ path: ['row', 'name'] }] } }),
  };
  document.edges.push({ from: ['shape', 'next'], to: 'named' });
  return document;
};

async function begun() {
  const weft = await startWeft();
  onTestFinished(() => weft.stop());
  const ada = await weft.claim();
  await fetch(`${weft.url}/api/v1/w/${ada.workspace}/files/rows.csv`, { method: 'PUT', headers: { cookie: ada.cookies, origin: weft.url }, body: rows });
  const { body } = await ada.send<FlowDetail>('POST', `/w/${ada.workspace}/flows`, { document: flow() });
  return { ada, base: `/w/${ada.workspace}`, flow: body };
}

async function tested(ada: Person, { id, draft }: FlowDetail): Promise<RunDetail> {
  const { body } = await ada.send<{ runId: string }>('POST', `/w/${ada.workspace}/flows/${id}/test-run`, { document: draft, payload: {} });
  return endedRun(ada, body.runId);
}

test('dead letters are counted by the step and rule that failed, and can be listed, done again and discarded by that', async () => {
  const { ada, base, flow: made } = await begun();
  const run = await tested(ada, made);
  const { body } = await ada.send<{ total: number; causes: DeadLetterCause[] }>('GET', `${base}/runs/${run.id}/dead-letters/causes?status=open`);
  expect(body).toMatchObject({ total: 5, causes: [{ stepId: 'shape', ruleId: 'r1', count: 3 }, { stepId: 'named', ruleId: 'r1', count: 2 }] });
  const [numbers, names] = body.causes.map(({ cause }) => cause);
  const listed = async (cause: string) =>
    (await ada.send<Page<DeadLetter>>('GET', `${base}/flows/${made.id}/dead-letters?cause=${encodeURIComponent(cause)}`)).body.items;
  expect((await listed(names ?? '')).map(({ stepId }) => stepId)).toEqual(['named', 'named']);
  expect((await ada.send('POST', `${base}/runs/${run.id}/dead-letters/discard`, { cause: names })).body).toEqual({ discarded: 2 });
  expect((await listed(numbers ?? '')).map(({ status }) => status)).toEqual(['open', 'open', 'open']);
  expect((await ada.send('POST', `${base}/runs/${run.id}/dead-letters/replay`, { cause: names })).status).toBe(409);
});

test('what failed in a test run is done again by the draft as it is now', async () => {
  const { ada, base, flow: made } = await begun();
  const run = await tested(ada, made);
  const mended = streamFlow({ path: ['row', 'n'] });
  await ada.send('PUT', `${base}/flows/${made.id}/draft`, mended, { 'if-match': `"${made.revision}"` });
  const { body } = await ada.send<{ runIds: string[] }>('POST', `${base}/runs/${run.id}/dead-letters/replay`, {});
  expect(await endedRun(ada, body.runIds[0] ?? '')).toMatchObject({ mode: 'test', status: 'succeeded', progress: [{ read: 5, succeeded: 5, failed: 0 }] });
});
