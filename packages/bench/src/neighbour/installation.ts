import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { execPath } from 'node:process';
import type { FlowDocument } from '@weft/flow';
import { weftProgram } from '../webhook/contest.ts';

/** The server as it is started, and started again where it ends by itself. */
export interface Installation {
  url: string;
  /** Ends that nobody asked for. */
  deaths(): number;
  /** Memory of the server's own process now, MB. */
  rssMb(): number;
  /** Of it and all its guests. */
  treeMb(): number;
  /** Signed in as its owner. */
  member(): Member;
  stop(): Promise<void>;
}

/** Somebody in one workspace. */
export interface Member {
  workspace: string;
  /** Another workspace of theirs. */
  elsewhere(name: string): Promise<Member>;
  /** @returns whatever is answered; the body is read to its end. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<{ status: number; body: string }>;
  /** A request whose answer is not read. */
  open(path: string, signal: AbortSignal): Promise<Response>;
  create(document: FlowDocument): Promise<string>;
  /** @returns the address of its webhook. */
  publish(document: FlowDocument): Promise<string>;
  upload(name: string, content: Uint8Array | string): Promise<number>;
}

export async function startInstallation(dataFolder: string, environment: Record<string, string>): Promise<Installation> {
  let isOver = false;
  let deaths = 0;
  let running = await launch(dataFolder, '0', environment);
  const { url, output } = running;
  const watch = (child: ChildProcess): void => {
    child.once('exit', () => {
      if (isOver) return;
      deaths += 1;
      void launch(dataFolder, new URL(url).port, environment).then((again) => {
        running = again;
        watch(again.child);
      });
    });
  };
  watch(running.child);
  const owner = await claim(url, /\/setup\?token=(\S+)/.exec(output)?.[1] ?? '');
  return {
    url,
    deaths: () => deaths,
    rssMb: () => rssOf(running.child.pid),
    treeMb: () => [running.child.pid, ...childrenOf(running.child.pid)].reduce<number>((sum, pid) => sum + rssOf(pid), 0),
    member: () => owner,
    async stop() {
      isOver = true;
      running.child.kill('SIGKILL');
      if (running.child.exitCode === null && running.child.signalCode === null) await once(running.child, 'exit');
    },
  };
}

async function launch(dataFolder: string, port: string, environment: Record<string, string>): Promise<{ child: ChildProcess; url: string; output: string }> {
  const child = spawn(execPath, weftProgram(), {
    env: { ...process.env, NODE_ENV: 'production', PORT: port, WEFT_DATA: dataFolder, LOG_LEVEL: 'silent', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const chunk of child.stdout) {
    output += String(chunk);
    const url = /Weft is ready at (\S+)/.exec(output)?.[1];
    if (url === undefined) continue;
    child.stdout.resume();
    return { child, url, output };
  }
  throw new Error(`The server ended before it was ready:\n${output}`);
}

async function claim(url: string, token: string): Promise<Member> {
  const response = await fetch(`${url}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ name: 'Bench', email: 'bench@example.com', password: 'a long enough password', workspace: 'Quiet', token }),
  });
  const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  const { workspaces } = (await response.json()) as { workspaces: { id: string }[] };
  return memberOf(url, cookie, workspaces[0]?.id ?? '');
}

function memberOf(url: string, cookie: string, workspace: string): Member {
  const self: Member = {
    workspace,
    async elsewhere(name) {
      const { body } = await self.send('POST', '/workspaces', { name });
      return memberOf(url, cookie, (JSON.parse(body) as { id: string }).id);
    },
    async send(method, path, body, headers = {}) {
      // Bytes and text go as they are.
      const isRaw = typeof body === 'string' || body instanceof Uint8Array;
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { 'content-type': 'application/json', origin: url, cookie, ...headers },
        ...(body !== undefined && { body: isRaw ? (body as BodyInit) : JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.text() };
    },
    open: (path, signal) => fetch(`${url}/api/v1${path}`, { headers: { origin: url, cookie }, signal }),
    async create(document) {
      const { status, body } = await self.send('POST', `/w/${workspace}/flows`, { document });
      if (status !== 200) throw new Error(`A flow was not taken: ${status} ${body}`);
      return (JSON.parse(body) as { id: string }).id;
    },
    async publish(document) {
      const id = await self.create(document);
      const { status, body } = await self.send('POST', `/w/${workspace}/flows/${id}/publish`, { revision: 1 });
      if (status !== 200) throw new Error(`A flow was not published: ${status} ${body.slice(0, 500)}`);
      return (JSON.parse(body) as { webhookUrl: string }).webhookUrl;
    },
    async upload(name, content) {
      const { status } = await self.send('PUT', `/w/${workspace}/files/${name}`, content, { 'content-type': 'application/octet-stream' });
      return status;
    },
  };
  return self;
}

function rssOf(pid: number | undefined): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch (error) {
    // It ended meanwhile.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ESRCH') return 0;
    throw error;
  }
}

function childrenOf(pid: number | undefined): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === pid).map(Number);
}

function parentOf(pid: string): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ESRCH') return undefined;
    throw error;
  }
}
