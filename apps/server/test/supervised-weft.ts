import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { kill } from 'node:process';
import { bundledWeft } from './bundled-weft.ts';

export const superviseScript = join(import.meta.dirname, '../supervise.sh');
const faults = join(import.meta.dirname, 'faults-in-answers.ts');

/** The program under its supervisor, as `npm start` runs it, with faults that answers of services may bring. */
export interface SupervisedWeft {
  /** The same after every restart. */
  url: string;
  setupToken: string;
  supervisor: ChildProcess;
  /** Everything that was printed so far, by all of them. */
  output(): string;
  /** How often a server was ready. */
  starts(): number;
  /** Of the server that runs now. @throws while there is none. */
  serverPid(): number;
  /** Resolves once so many servers were ready. */
  started(times: number): Promise<void>;
  /** Resolves with the exit code of the supervisor; null when a signal ended it. */
  ended: Promise<number | null>;
  /** Ends all of it at once. */
  dispose(): Promise<void>;
}

/** @param options - of Node. */
export async function superviseWeft(dataFolder: string, environment: Record<string, string> = {}, options: string[] = []): Promise<SupervisedWeft> {
  const port = environment['PORT'] ?? String(await freePort());
  const program = [process.execPath, '--import', faults, ...options, join(await bundledWeft(), 'main.js')];
  const supervisor = spawn('sh', [superviseScript, ...program], {
    env: { ...process.env, WEFT_DATA: dataFolder, HOST: '127.0.0.1', WEFT_PUBLIC_URL: '', LOG_LEVEL: 'error', ...environment, PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [supervisor.stdout, supervisor.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(supervisor, 'exit').then(([code]) => code as number | null);
  const starts = () => output.match(/Weft is ready at \S+\n/g)?.length ?? 0;
  const hasEnded = () => supervisor.exitCode !== null || supervisor.signalCode !== null;
  const weft: SupervisedWeft = {
    url: `http://localhost:${port}`,
    get setupToken() {
      return /\/setup\?token=(\S+)/.exec(output)?.[1] ?? '';
    },
    supervisor,
    output: () => output,
    starts,
    serverPid: () => serverOf(supervisor),
    async started(times) {
      while (starts() < times) {
        if (hasEnded()) throw new Error(`The supervisor has ended:\n${output}`);
        await new Promise((next) => setTimeout(next, 20));
      }
    },
    ended,
    async dispose() {
      const server = hasEnded() ? undefined : childrenOf(supervisor)[0];
      supervisor.kill('SIGKILL');
      if (server !== undefined && isAlive(server)) kill(server, 'SIGKILL');
      await ended;
    },
  };
  return weft;
}

/** Of Linux; nothing of what a test needs tells a program's children elsewhere. */
function childrenOf({ pid }: ChildProcess): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

function serverOf(supervisor: ChildProcess): number {
  const server = childrenOf(supervisor).find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('main.js'));
  if (server === undefined) throw new Error('No server runs.');
  return server;
}

export function isAlive(pid: number): boolean {
  try {
    return kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
