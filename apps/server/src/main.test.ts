import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { bundledWeft } from '../test/bundled-weft.ts';
import { webhookFlow } from '../test/flows.ts';

const main = join(await bundledWeft(), 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'weft-main-'));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Program {
  child: ChildProcess;
  output(): string;
  exited: Promise<number | null>;
}

function start(environment: Record<string, string> = {}, ...args: string[]): Program {
  const env = { PATH: process.env['PATH'], PORT: '0', WEFT_DATA: join(folder, 'data'), ...environment };
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output, exited: new Promise((done) => child.once('exit', (code) => done(code))) };
}

async function ready(program: Program): Promise<string> {
  for (;;) {
    const url = /Weft is ready at (\S+)/.exec(program.output())?.[1];
    if (url) return url;
    if (program.child.exitCode !== null) throw new Error(program.output());
    await new Promise((next) => setTimeout(next, 20));
  }
}

const send = (url: string, method: string, path: string, body: unknown, cookie = '') =>
  fetch(`${url}/api/v1${path}`, { method, headers: { 'content-type': 'application/json', cookie }, body: JSON.stringify(body) });

describe('the program', () => {
  test('says where it is, and how to claim it as long as nobody has', async () => {
    const program = start();
    const url = await ready(program);
    expect(url).toMatch(/^http:\/\/localhost:\d+$/);
    const token = /\/setup\?token=(\S+)/.exec(program.output())?.[1];
    const claimed = await send(url, 'POST', '/setup', { token, name: 'Ada', email: 'ada@example.com', password: 'correct horse', workspace: 'Acme' });
    expect(claimed.status).toBe(200);
    program.child.kill('SIGINT');
    expect(await program.exited).toBe(0);
    const again = start();
    await ready(again);
    expect(again.output()).not.toContain('token');
    again.child.kill('SIGTERM');
    expect(await again.exited).toBe(0);
  });

  test('starts again on its data after kill -9', async () => {
    const first = start();
    await ready(first);
    first.child.kill('SIGKILL');
    await first.exited;
    expect(await ready(start())).toMatch(/^http:/);
  });

  test.each([
    [{ PORT: 'eighty' }, /PORT is “eighty”/],
    [{ HOST: '0.0.0.0' }, /WEFT_ALLOW_PLAIN_COOKIES=1/],
    [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL is “loud”/],
    [{ WEFT_FILE_SPACE_GB: 'a lot' }, /WEFT_FILE_SPACE_GB is “a lot”/],
  ])('given %j says what to do and exits with 1, without a stack', async (environment, sentence) => {
    const program = start(environment);
    expect(await program.exited).toBe(1);
    expect(program.output()).toMatch(sentence);
    expect(program.output()).not.toMatch(/\n\s+at /);
  });

  test('names a command that it does not know', async () => {
    const program = start({}, 'rollback');
    expect(await program.exited).toBe(1);
    expect(program.output()).toMatch(/“rollback” is no command/);
  });
});

test('no secret that went in is found in logs, in answers, or in any file of the installation', async () => {
  const canaries = { password: 'CANARY-password-51', credential: 'CANARY-credential-87', wrong: 'CANARY-wrong-33' };
  const program = start({ LOG_LEVEL: 'trace' });
  const url = await ready(program);
  const token = /\/setup\?token=(\S+)/.exec(program.output())?.[1] ?? '';
  const claimed = await send(url, 'POST', '/setup', { token, name: 'Ada', email: 'ada@example.com', password: canaries.password, workspace: 'Acme' });
  const cookie = claimed.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const me = await claimed.text();
  const workspace = /ws_[\w-]+/.exec(me)?.[0];
  const base = `/w/${workspace}`;
  const answers = [me];
  const call = async (method: string, path: string, body?: unknown) => {
    const text = await (await send(url, method, path, body, cookie)).text();
    answers.push(text);
    return text;
  };
  await call('POST', '/session', { email: 'ada@example.com', password: canaries.wrong });
  await call('POST', '/me/password', { current: canaries.wrong, next: canaries.wrong });
  const connection = { title: 'Database', connector: 'sql', scheme: 'postgresql', config: { host: '127.0.0.1', port: 1, database: 'd' } };
  const made = await call('POST', `${base}/connections`, { ...connection, credentials: { user: 'ada', password: canaries.credential } });
  const id = /conn_[\w-]+/.exec(made)?.[0];
  await call('POST', `${base}/connections/${id}/test`, {});
  await call('POST', `${base}/connections`, { ...connection, scheme: 'none', credentials: { password: canaries.credential } });
  const flow = webhookFlow('canary');
  flow.steps['query'] = {
    kind: 'action',
    title: 'Query',
    use: { connector: 'sql', version: '1.0.0', operation: 'query' },
    connection: id,
    config: { sql: 'select 1' },
  };
  flow.edges = [{ from: ['trigger', 'next'], to: 'query' }, { from: ['query', 'next'], to: 'respond' }];
  const flowId = /flow_[\w-]+/.exec(await call('POST', `${base}/flows`, { document: flow }))?.[0];
  await call('POST', `${base}/flows/${flowId}/test-step`, { document: flow, stepId: 'query', scope: {} });
  await call('POST', `${base}/options`, { use: { connector: 'sql', version: '1.0.0', operation: 'insert' }, source: 'tables', connection: id, config: {} });
  for (const path of ['/connections', '/flows', '/runs']) answers.push(await (await fetch(`${url}/api/v1${base}${path}`, { headers: { cookie } })).text());
  answers.push(await (await fetch(`${url}/api/v1${base}/flows/${flowId}/export?samples=true`, { headers: { cookie } })).text());
  program.child.kill('SIGTERM');
  await program.exited;

  const log = program.output().replace(/.*\/setup\?token=.*/, '');
  const stored = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
  for (const canary of [...Object.values(canaries), token]) {
    expect(log).not.toContain(canary);
    for (const text of [...answers, ...stored]) expect(text).not.toContain(canary);
  }
  expect(log).not.toContain(cookie.split('=')[1]);
  expect(made).toContain('"credentialFields":["user","password"]');
});
