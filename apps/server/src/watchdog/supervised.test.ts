import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kill } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page, RunDetail, RunSummary } from '@weft/api';
import type { FlowDocument } from '@weft/flow';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { flowOf, http, path, text, webhook } from '../../test/flow-parts.ts';
import { type LocalService, startService } from '../../test/local-service.ts';
import { claimSupervised, type SupervisedPerson } from '../../test/supervised-person.ts';
import { freePort, isAlive, type SupervisedWeft, superviseWeft } from '../../test/supervised-weft.ts';

let folder: string;
let service: LocalService;
let weft: SupervisedWeft;
let ada: SupervisedPerson;
/** What the service answers to each path. */
let answers: Record<string, string>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weft-supervised-'));
  answers = {};
  service = await startService(({ url }, response) => {
    const answer = () => response.writeHead(200, { 'content-type': 'application/json' }).end(answers[url] ?? '{}');
    // Whoever started a run that takes the server with it has its answer by then.
    if (url in answers) setTimeout(answer, 200);
    else answer();
  });
});
afterEach(async () => {
  await weft.dispose();
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Ready to be worked with. A second without a beat is a freeze here. */
async function begin(environment: Record<string, string> = {}, options: string[] = []): Promise<void> {
  weft = await superviseWeft(folder, { WEFT_FREEZE_SECONDS: '1', ...environment }, options);
  await weft.started(1);
  ada = await claimSupervised(weft, [service.hostAndPort]);
}

function callingFlow(name: string): FlowDocument {
  const call = http({ url: text(`${service.url}/${name}`), body: path('trigger', 'body') });
  return flowOf({ trigger: webhook({ path: name, respond: 'immediately' }), call }, ['trigger → call'], name);
}

async function accepted(hook: string): Promise<string> {
  const response = await fetch(hook, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  expect(response.status).toBe(202);
  return ((await response.json()) as { runId: string }).runId;
}

const runOf = (runId: string) => ada.send<RunDetail>('GET', `/w/${ada.workspace}/runs/${runId}`);
const ended = { timeout: 60_000, interval: 200 };

describe('a run that takes the server with it', () => {
  test.each<[string, string, string[]]>([
    ['freezes it', 'freeze', []],
    ['fills its memory', 'fill', ['--max-old-space-size=120']],
  ])('is stopped with a sentence when it %s four times, and others go on', { timeout: 120_000 }, async (_what, fault, options) => {
    await begin({}, options);
    answers['/poison'] = `{"weft-fault" : "${fault}"}`;
    const innocent = await ada.publish(callingFlow('innocent'));
    const poison = await ada.publish(callingFlow('poison'));
    const poisoned = await accepted(poison.hook);
    await weft.started(5);
    const other = await accepted(innocent.hook);
    await expect.poll(async () => (await runOf(other)).status, ended).toBe('succeeded');
    await expect.poll(async () => (await runOf(poisoned)).status, ended).toBe('failed');
    const { error } = await runOf(poisoned);
    expect(error).toMatchObject({ stepKey: 'call' });
    expect(error?.message).toMatch(/^Weft ended or stopped answering 4 times while this run was at the same place/);
    expect(weft.starts()).toBe(5);
    if (fault === 'fill') return;
    expect(weft.output()).toMatch(new RegExp(`"details":"freeze faults-in-answers.*"runId":"${poisoned}","stepKey":"call","msg":"the process before this one`));
  });

  test('by an error that nobody catches goes on behind what it had done: the journal came first', { timeout: 60_000 }, async () => {
    await begin();
    answers['/poison'] = '{"weft-fault" : "throw"}';
    const { hook } = await ada.publish(callingFlow('poison'));
    const runId = await accepted(hook);
    await weft.started(2);
    await expect.poll(async () => (await runOf(runId)).status, ended).toBe('succeeded');
    expect(service.calls.filter(({ url }) => url === '/poison')).toHaveLength(1);
    expect(weft.output()).toContain('Weft ended unexpectedly (70). It is started again.');
    expect(weft.output()).toMatch(new RegExp(`"message":"out of the middle of nowhere".*"runId":"${runId}","stepKey":"call","underWay":\\[\\],"msg":"an error that nobody caught`));
  });
});

describe('what is no freeze', () => {
  test('a process that was stopped for some seconds, nor a machine that was asleep, which looks the same', { timeout: 60_000 }, async () => {
    await begin();
    const server = weft.serverPid();
    kill(server, 'SIGSTOP');
    await pause(4_000);
    kill(server, 'SIGCONT');
    await pause(2_500);
    expect([weft.serverPid(), weft.starts()]).toEqual([server, 1]);
    expect((await fetch(`${weft.url}/api/health`)).status).toBe(200);
  });
});

describe('the end of a supervised server', () => {
  const signals: NodeJS.Signals[] = ['SIGTERM', 'SIGINT', 'SIGHUP'];
  test.each(signals)('%s under load stops it in time with 0, and nothing that was acknowledged is lost', { timeout: 60_000 }, async (signal) => {
    await begin();
    const { hook, id } = await ada.publish(callingFlow('orders'));
    const acknowledged: string[] = [];
    const sending = Promise.allSettled(
      Array.from({ length: 10 }, async () => {
        for (;;) acknowledged.push(await accepted(hook));
      }),
    );
    await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(100);
    const server = weft.serverPid();
    // As a terminal and a package manager do: the same press of a key reaches both, and the supervisor twice.
    kill(server, signal);
    weft.supervisor.kill(signal);
    weft.supervisor.kill(signal);
    expect(await weft.ended).toBe(0);
    await sending;
    expect(() => kill(server, 0)).toThrow('ESRCH');
    weft = await superviseWeft(folder, { PORT: new URL(weft.url).port });
    await weft.started(1);
    const open = async () => {
      const runs = `/w/${ada.workspace}/runs?flow=${id}`;
      const pages = await Promise.all(['queued', 'running'].map((status) => ada.send<Page<RunSummary>>('GET', `${runs}&status=${status}`)));
      return pages.flatMap(({ items }) => items).length;
    };
    await expect.poll(open, ended).toBe(0);
    const states = await Promise.all(acknowledged.map(async (runId) => (await runOf(runId)).status));
    expect(new Set(states)).toEqual(new Set(['succeeded']));
  });

  test('a supervisor that is killed takes its server with it: the port is free, and the folder', { timeout: 60_000 }, async () => {
    await begin();
    const server = weft.serverPid();
    weft.supervisor.kill('SIGKILL');
    await expect.poll(() => isAlive(server), { timeout: 10_000, interval: 50 }).toBe(false);
    weft = await superviseWeft(folder, { PORT: new URL(weft.url).port });
    await weft.started(1);
  });

  test('also one that is frozen', { timeout: 60_000 }, async () => {
    await begin({ WEFT_FREEZE_SECONDS: '0' });
    answers['/poison'] = '{"weft-fault" : "freeze"}';
    const { hook } = await ada.publish(callingFlow('poison'));
    await accepted(hook);
    await pause(500);
    const server = weft.serverPid();
    weft.supervisor.kill('SIGKILL');
    await expect.poll(() => isAlive(server), { timeout: 10_000, interval: 50 }).toBe(false);
  });
});

describe('a start that fails', () => {
  test('because the port is taken is told once, and not tried again', { timeout: 30_000 }, async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    weft = await superviseWeft(folder, { PORT: String(port) });
    expect(await weft.ended).toBe(1);
    expect(weft.output().match(/in use by another program/g)).toHaveLength(1);
    other.close();
  });

  test('because another one has the folder, too, and leaves that one alone', { timeout: 30_000 }, async () => {
    weft = await superviseWeft(folder);
    await weft.started(1);
    const second = await superviseWeft(folder);
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(/Another Weft is running on/);
    expect((await fetch(`${weft.url}/api/health`)).status).toBe(200);
    expect(existsSync(join(folder, 'unforeseen-end.json'))).toBe(false);
  });
});
