import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import type { JsonObject } from '@weft/connector-sdk';
import type { FlowDocument } from '@weft/flow';
import { bundledWeft } from '@weft/server/testing';
import Database from 'better-sqlite3';
import { freePort } from '../free-port.ts';
import { supervised as underSupervisor } from '../webhook/contest.ts';
import type { Control } from './injector.ts';

const injector = new URL('./injector.ts', import.meta.url).href;

export interface StoredRun {
  id: string;
  status: string;
  /** What the trigger received, as JSON text. */
  payload: string;
  error: string | null;
}

/** A Weft in a process of its own, with a data folder of its own, that faults happen to. */
export interface WeftUnderTest {
  /** @returns the address of the flow's webhook. */
  publish(flow: FlowDocument): Promise<string>;
  /** @returns the connection's id. */
  connect(connection: { connector: string; scheme: string; config: JsonObject; credentials: JsonObject }): Promise<string>;
  /** The loopback origins that flows may call. */
  allow(origins: string[]): Promise<void>;
  /** Tells the injector; resolves when the process has had time to hear it. */
  inject(control: Control): Promise<void>;
  /** Sends the signal and waits for the end. @returns the exit code, null when the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** Resolves when the process is gone for whatever reason. */
  gone(): Promise<void>;
  /** Starts again on the same data and the same port. @param program - of another build. @throws what it said when it ended before it was ready. */
  start(program?: string): Promise<void>;
  /** Of the process that runs now; undefined when it has ended. */
  pid(): number | undefined;
  /** What is started. */
  program: string;
  /** Megabytes it holds now; not on every system. */
  residentMb(): number | undefined;
  /** As they stand in the database since `forget`, newest last. */
  runs(): StoredRun[];
  /** What is there now is not seen any more. */
  forget(): void;
  /** Waits until no run is queued, running or waiting. @throws when it takes too long. */
  settled(timeoutMs?: number): Promise<void>;
  /** What SQLite's own check says; `ok` when all is sound. */
  integrity(): string;
  databaseFile: string;
  dispose(): Promise<void>;
}

export interface UnderTestOptions {
  /** Ends the very first start, in which the database is made, after so long. */
  killFirstStartAfterMs?: number;
  /** Started again by the supervisor as `npm start` does it, which then is the process that is ended. Default false. */
  supervised?: boolean;
}

export async function startWeftUnderTest({ killFirstStartAfterMs, supervised = false }: UnderTestOptions = {}): Promise<WeftUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'weft-faults-'));
  const controlFile = join(folder, 'control.json');
  const data = join(folder, 'data');
  const program = join(await bundledWeft(), 'main.js');
  const launch = (port: number, build = program) => launchProcess(supervised, build, { WEFT_DATA: data, PORT: String(port), FAULT_CONTROL: controlFile });
  await writeFile(controlFile, '{}');
  if (killFirstStartAfterMs !== undefined) {
    const first = launch(0);
    await pause(killFirstStartAfterMs);
    first.child.kill('SIGKILL');
    await Promise.allSettled([once(first.child, 'exit'), first.ready]);
  }
  // A supervisor starts it again with what it was started with.
  let { child, ready } = launch(supervised ? await freePort() : 0);
  const output = await ready;
  const url = /Weft is ready at (\S+)/.exec(output)?.[1] ?? '';
  const token = /\/setup\?token=(\S+)/.exec(output)?.[1];
  let cookie = '';
  let since = 0;
  let connections = 0;

  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', origin: url, cookie },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0]);
    if (cookies.length > 0) cookie = cookies.join('; ');
    // The shapes are those of the server's contract.
    return JSON.parse(text) as T;
  }

  const person = { name: 'Fault', email: 'fault@example.com', password: 'a long enough password', workspace: 'Faults', token };
  const { workspaces } = await call<{ workspaces: { id: string }[] }>('POST', '/setup', person);
  const workspace = workspaces[0]?.id ?? '';

  const read = <T>(work: (database: Database.Database) => T): T => {
    const database = new Database(weft.databaseFile, { readonly: true });
    try {
      return work(database);
    } finally {
      database.close();
    }
  };

  const weft: WeftUnderTest = {
    databaseFile: join(data, 'weft.sqlite'),
    async publish(flow) {
      const { id, revision } = await call<{ id: string; revision: number }>('POST', `/w/${workspace}/flows`, { document: flow });
      const { webhookUrl } = await call<{ webhookUrl: string }>('POST', `/w/${workspace}/flows/${id}/publish`, { revision });
      return webhookUrl;
    },
    async connect(connection) {
      const { id } = await call<{ id: string }>('POST', `/w/${workspace}/connections`, { title: `Connection ${(connections += 1)}`, ...connection });
      return id;
    },
    async allow(origins) {
      await call('PATCH', '/settings', { privateNetworks: origins.map((origin) => new URL(origin).host) });
    },
    async inject(control) {
      await writeFile(`${controlFile}.next`, JSON.stringify(control));
      await rename(`${controlFile}.next`, controlFile);
      await pause(60);
    },
    async end(signal) {
      child.kill(signal);
      await weft.gone();
      return child.exitCode;
    },
    async gone() {
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
    pid: () => (child.exitCode === null && child.signalCode === null ? child.pid : undefined),
    program,
    async start(build) {
      await writeFile(controlFile, '{}');
      ({ child, ready } = launch(Number(new URL(url).port), build));
      await ready;
    },
    residentMb() {
      if (process.platform !== 'linux') return undefined;
      const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
      return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
    },
    runs: () => read((database) => database
      .prepare<[number], StoredRun>('select id, status, payload, error from runs where rowid > ? order by rowid')
      .all(since)),
    forget() {
      since = read((database) => database.prepare<[], number>('select coalesce(max(rowid), 0) from runs').pluck().get()) ?? 0;
    },
    async settled(timeoutMs = 60_000) {
      const until = Date.now() + timeoutMs;
      for (;;) {
        const open = read((database) => database
          .prepare<[], number>("select count(*) from runs where status in ('queued', 'running', 'waiting')")
          .pluck()
          .get());
        if (open === 0) return;
        if (Date.now() > until) throw new Error(`${open} runs were not finished after ${timeoutMs} ms.`);
        await pause(50);
      }
    },
    integrity: () => read((database) => String(database.pragma('integrity_check', { simple: true }))),
    async dispose() {
      // A supervisor takes its server with it.
      await weft.end(supervised ? 'SIGTERM' : 'SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
  return weft;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Does it with a Weft of its own, and ends that whatever happens. */
export async function withWeft<T>(work: (weft: WeftUnderTest) => Promise<T>, options?: UnderTestOptions): Promise<T> {
  const weft = await startWeftUnderTest(options);
  try {
    return await work(weft);
  } finally {
    await weft.dispose();
  }
}

/** @returns the process at once; what it printed, once it is ready. */
function launchProcess(
  isSupervised: boolean,
  program: string,
  environment: Record<string, string>,
): { child: ChildProcess; ready: Promise<string> } {
  const server = ['--import', injector, program];
  const [command, args] = isSupervised ? ['sh', underSupervisor(server)] : [execPath, server];
  const child = spawn(command, args, {
    env: { ...process.env, HOST: '127.0.0.1', WEFT_PUBLIC_URL: '', LOG_LEVEL: 'silent', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ready = new Promise<string>((resolve, reject) => {
    let text = '';
    const read = (chunk: Buffer) => {
      text += chunk.toString();
      if (/Weft is ready at \S+\n/.test(text)) resolve(text);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it was ready:\n${text}`)));
  });
  return { child, ready };
}
