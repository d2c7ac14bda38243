import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { endedRun } from '../../test/ended-run.ts';
import type { FlowDocument } from '@weft/flow';
import { streamFlow } from '../../test/stream-flow.ts';
import { type Person, startWeft } from '../../test/weft.ts';
import { startWeftProcess } from '../../test/weft-process.ts';
import type { DeadLetter, FlowDetail, Page, ReplayPreview, RetryResult, RunDetail, RunSummary } from '@weft/api';

async function begun() {
  const weft = await startWeft();
  onTestFinished(() => weft.stop());
  const ada = await weft.claim();
  return { weft, ada, base: `/w/${ada.workspace}` };
}

async function upload(url: string, person: Pick<Person, 'cookies' | 'workspace'>, name: string, text: string): Promise<void> {
  const answer = await fetch(`${url}/api/v1/w/${person.workspace}/files/${name}`, {
    method: 'PUT',
    headers: { cookie: person.cookies, origin: url },
    body: text,
  });
  expect(answer.status).toBe(200);
}

async function download(url: string, person: Pick<Person, 'cookies' | 'workspace'>, name: string): Promise<string> {
  return (await fetch(`${url}/api/v1/w/${person.workspace}/files/${name}`, { headers: { cookie: person.cookies } })).text();
}

async function published(ada: Person, document = streamFlow()): Promise<FlowDetail> {
  const { body: flow } = await ada.send<FlowDetail>('POST', `/w/${ada.workspace}/flows`, { document });
  const answer = await ada.send<FlowDetail>('POST', `/w/${ada.workspace}/flows/${flow.id}/publish`, { revision: flow.revision });
  expect(answer.status).toBe(200);
  return answer.body;
}

async function ran(ada: Person, flowId: string): Promise<RunDetail> {
  const { body } = await ada.send<{ runId: string }>('POST', `/w/${ada.workspace}/flows/${flowId}/runs`, { payload: {} });
  return endedRun(ada, body.runId);
}

const broken = 'n,name\n1,Ada\ntwo,Alan\n3,Grace\nfour,Edsger\n';

test('a file goes through a flow; what fails is kept, done again by the mended flow, and added to the same file', async () => {
  const { weft, ada, base } = await begun();
  await upload(weft.url, ada, 'rows.csv', broken);
  const flow = await published(ada);
  const run = await ran(ada, flow.id);
  expect(run).toMatchObject({
    status: 'succeeded',
    openDeadLetters: 2,
    progress: [{
      stepKey: 'each',
      read: 4,
      succeeded: 2,
      failed: 2,
      finished: true,
      secondsLeft: null,
      amount: { unit: 'bytes', done: broken.length, total: broken.length },
    }],
  });
  const listed = async () =>
    (await ada.send<Page<RunSummary>>('GET', `${base}/runs?search=rows to`)).body.items.map(({ id, openDeadLetters }) => ({ id, openDeadLetters }));
  expect(await listed()).toEqual([{ id: run.id, openDeadLetters: 2 }]);
  const { body: letters } = await ada.send<Page<DeadLetter>>('GET', `${base}/runs/${run.id}/dead-letters`);
  expect(letters.items).toMatchObject([
    { record: { n: 'four', name: 'Edsger' }, stepId: 'shape', status: 'open', error: { ruleId: 'r1' }, position: { batch: 0, index: 3 } },
    { record: { n: 'two', name: 'Alan' } },
  ]);

  const { body: draft } = await ada.send<FlowDetail>('GET', `${base}/flows/${flow.id}`);
  const mended = streamFlow({ fn: 'default', args: [{ const: 0 }, { const: 0 }] });
  const saved = await ada.send<{ revision: number }>('PUT', `${base}/flows/${flow.id}/draft`, mended, { 'if-match': String(draft.revision) });
  await ada.send('POST', `${base}/flows/${flow.id}/publish`, { revision: saved.body.revision });
  const replayed = await ada.send<{ runIds: string[] }>('POST', `${base}/flows/${flow.id}/dead-letters/replay`, {});
  expect(replayed.status).toBe(200);
  const again = await endedRun(ada, replayed.body.runIds[0] ?? '');
  expect(again).toMatchObject({ status: 'succeeded', progress: [{ read: 2, succeeded: 2, failed: 0 }] });
  expect(await download(weft.url, ada, 'out.ndjson')).toBe('{"n":1,"name":"Ada"}\n{"n":3,"name":"Grace"}\n{"n":0,"name":"Alan"}\n{"n":0,"name":"Edsger"}\n');
  expect(await listed()).toEqual([{ id: again.id, openDeadLetters: 0 }, { id: run.id, openDeadLetters: 0 }]);
  const { body: after } = await ada.send<Page<DeadLetter>>('GET', `${base}/flows/${flow.id}/dead-letters?status=replayed`);
  expect(after.items.map(({ replayedBy }) => replayedBy)).toEqual([again.id, again.id]);
  expect((await ada.send('POST', `${base}/runs/${run.id}/dead-letters/replay`, {})).status).toBe(409);
});

async function republished(ada: Person, flowId: string, document: FlowDocument): Promise<void> {
  const path = `/w/${ada.workspace}/flows/${flowId}`;
  const { body: before } = await ada.send<FlowDetail>('GET', path);
  const saved = await ada.send<{ revision: number }>('PUT', `${path}/draft`, document, { 'if-match': String(before.revision) });
  expect((await ada.send('POST', `${path}/publish`, { revision: saved.body.revision })).status).toBe(200);
}

const openOf = async (ada: Person, runId: string) =>
  (await ada.send<Page<DeadLetter>>('GET', `/w/${ada.workspace}/runs/${runId}/dead-letters?status=open`)).body.items.map(({ record }) => record);

test('records that are to be done again, but were not reached, are open again: after a failure in their middle, and after a cancel', async () => {
  const { weft, ada, base } = await begun();
  await upload(weft.url, ada, 'rows.csv', 'n,name\none,Ada\n-,Alan\nthree,Grace\nfour,Edsger\n');
  const flow = await published(ada);
  const run = await ran(ada, flow.id);
  expect(run.openDeadLetters).toBe(4);

  const stops = streamFlow({ fn: 'toInteger', args: [{ fn: 'replace', args: [{ path: ['row', 'n'] }, { const: 'one' }, { const: '1' }] }] });
  stops.steps['each'] = { ...stops.steps['each'], onItemError: 'stop' } as FlowDocument['steps'][string];
  await republished(ada, flow.id, stops);
  const { body: first } = await ada.send<{ runIds: string[] }>('POST', `${base}/runs/${run.id}/dead-letters/replay`, {});
  const failed = await endedRun(ada, first.runIds[0] ?? '');
  expect(failed).toMatchObject({ status: 'failed', progress: [{ read: 2, succeeded: 1, failed: 1 }] });
  expect(await openOf(ada, failed.id)).toEqual([{ n: '-', name: 'Alan' }]);
  expect(await openOf(ada, run.id)).toEqual([{ n: 'four', name: 'Edsger' }, { n: 'three', name: 'Grace' }]);

  // Replaying it would read the whole file: only the letters themselves can be done again.
  expect(
    (await ada.send<ReplayPreview>('GET', `${base}/runs/${failed.id}/replay?from=each&version=same`)).body.refused,
  ).toMatch(/did dead letters of an earlier run/);
  expect((await ada.send('POST', `${base}/runs/${failed.id}/again`)).status).toBe(409);
  expect(
    (await ada.send<RetryResult>('POST', `${base}/retries`, { runs: [failed.id], version: 'newest' })).body.skipped,
  ).toMatchObject([{ reason: 'refused' }]);
  expect((await ada.send<ReplayPreview>('GET', `${base}/runs/${run.id}/replay?from=out&version=same`)).body).toMatchObject({
    refused: null,
    from: { stepKey: 'each' },
    anew: [{ stepId: 'each', read: 4 }],
    effects: [{ stepId: 'out', perRecord: true, fillsFile: true }],
  });

  await ada.send('PATCH', `${base}/flows/${flow.id}`, { paused: true });
  const { body: second } = await ada.send<{ runIds: string[] }>('POST', `${base}/runs/${run.id}/dead-letters/replay`, {});
  expect(await openOf(ada, run.id)).toEqual([]);
  expect((await ada.send('POST', `${base}/runs/${second.runIds[0]}/cancel`)).status).toBe(200);
  expect(await openOf(ada, run.id)).toHaveLength(2);
});

test('dead letters can be put aside, and taken out as a file', async () => {
  const { weft, ada, base } = await begun();
  await upload(weft.url, ada, 'rows.csv', broken);
  const flow = await published(ada);
  const run = await ran(ada, flow.id);
  const get = async (path: string) => (await fetch(`${weft.url}/api/v1${base}${path}`, { headers: { cookie: ada.cookies } })).text();
  expect((await get(`/runs/${run.id}/dead-letters/export?format=ndjson`)).trim().split('\n').map((line) => (JSON.parse(line) as DeadLetter).record)).toEqual([
    { n: 'two', name: 'Alan' },
    { n: 'four', name: 'Edsger' },
  ]);
  expect(await get(`/flows/${flow.id}/dead-letters/export?format=csv`)).toMatch(/^error,step,rule,at,n,name,other fields\r\n.*shape,r1,.*,two,Alan,\r\n/);
  const [first] = (await ada.send<Page<DeadLetter>>('GET', `${base}/runs/${run.id}/dead-letters`)).body.items;
  expect((await ada.send('POST', `${base}/runs/${run.id}/dead-letters/discard`, { ids: [first?.id] })).body).toEqual({ discarded: 1 });
  expect((await ada.send('POST', `${base}/flows/${flow.id}/dead-letters/discard`, {})).body).toEqual({ discarded: 1 });
  expect((await endedRun(ada, run.id)).openDeadLetters).toBe(0);
});

test('dead letters of somebody else do not exist', async () => {
  const { weft, ada } = await begun();
  await upload(weft.url, ada, 'rows.csv', broken);
  const flow = await published(ada);
  const run = await ran(ada, flow.id);
  const eve = await weft.someoneElse();
  for (const path of [`runs/${run.id}`, `flows/${flow.id}`]) {
    expect((await eve.send('GET', `/w/${eve.workspace}/${path}/dead-letters`)).status).toBe(404);
    expect((await eve.send('GET', `/w/${eve.workspace}/${path}/dead-letters/export?format=csv`)).status).toBe(404);
    for (const action of ['replay', 'discard']) expect((await eve.send('POST', `/w/${eve.workspace}/${path}/dead-letters/${action}`, {})).status).toBe(404);
  }
});

test('a stream that is killed goes on at its cursor: the file is the same, byte for byte', { timeout: 120_000 }, async () => {
  const rows = 120_000;
  const folder = mkdtempSync(join(tmpdir(), 'weft-stream-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const expected = Array.from({ length: rows }, (_, at) => `{"n":${at},"name":"row ${at}"}\n`).join('');
  const csv = `n,name\n${Array.from({ length: rows }, (_, at) => `${at},row ${at}`).join('\n')}\n`;

  let weft = await startWeftProcess(folder);
  const ada = await claim(weft.url, weft.setupToken);
  await upload(weft.url, ada, 'rows.csv', csv);
  const flow = await published(ada);
  const { body } = await ada.send<{ runId: string }>('POST', `/w/${ada.workspace}/flows/${flow.id}/runs`, { payload: {} });
  let kills = 0;
  let readBefore = 0;
  for (let run = await look(ada, body.runId); run.status !== 'succeeded'; run = await look(ada, body.runId)) {
    expect(run.status).not.toBe('failed');
    const read = run.progress[0]?.read ?? 0;
    expect(read).toBeGreaterThanOrEqual(readBefore);
    if (kills < 2 && read > readBefore) {
      readBefore = read;
      await weft.end('SIGKILL');
      kills += 1;
      weft = await startWeftProcess(folder);
      ada.url = weft.url;
      await ada.signIn();
    }
  }
  onTestFinished(() => weft.end('SIGKILL').then(() => undefined));
  expect(kills).toBeGreaterThan(0);
  const run = await look(ada, body.runId);
  expect(run.progress).toMatchObject([{ read: rows, succeeded: rows, failed: 0, restarts: 0 }]);
  expect((await download(weft.url, ada, 'out.ndjson')) === expected).toBe(true);
});

const look = async (ada: Person, runId: string) => (await ada.send<RunDetail>('GET', `/w/${ada.workspace}/runs/${runId}`)).body;

const me = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery' };

/** The owner of a process, who may sign in again at another address. */
async function claim(url: string, token: string) {
  const ada = {
    url,
    workspace: '',
    cookies: '',
    async send<T>(method: string, path: string, body?: unknown) {
      const answer = await fetch(`${ada.url}/api/v1${path}`, {
        method,
        headers: { origin: ada.url, cookie: ada.cookies, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const given = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
      if (given.length > 0) ada.cookies = given.join('; ');
      return { status: answer.status, headers: answer.headers, body: (await answer.json()) as T };
    },
    async signIn() {
      await ada.send('POST', '/session', { email: me.email, password: me.password });
    },
  };
  const { body } = await ada.send<{ workspaces: { id: string }[] }>('POST', '/setup', { ...me, workspace: 'Acme', token });
  ada.workspace = body.workspaces[0]?.id ?? '';
  return ada;
}
