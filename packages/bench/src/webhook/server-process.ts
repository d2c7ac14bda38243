import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { execPath } from 'node:process';

export interface ServerProcess {
  /** Everything it printed until it was ready. */
  output: string;
  /** Most memory it ever had, megabytes; not on every system. */
  peakMb(): number | undefined;
  /** Processor time it has used, milliseconds; not on every system. */
  cpuMs(): number | undefined;
  stop(): Promise<void>;
}

/** Starts a program with this Node and waits until it prints that it is ready. */
export async function startServerProcess(program: string[], ready: RegExp, environment: Record<string, string> = {}): Promise<ServerProcess> {
  const child = spawn(execPath, program, { env: { ...process.env, NODE_ENV: 'production', ...environment }, stdio: ['ignore', 'pipe', 'inherit'] });
  const output = await outputUntil(child, ready);
  return {
    output,
    peakMb: () => peakMb(child.pid),
    cpuMs: () => cpuMs(child.pid),
    async stop() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

function outputUntil(child: ChildProcess, ready: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (ready.test(output)) resolve(output);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${child.spawnargs.join(' ')} ended with ${code} before it was ready:\n${output}`)));
  });
}

function peakMb(pid: number | undefined): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return peak === undefined ? undefined : Math.round(Number(peak) / 1024);
}

/** Ticks of ten milliseconds, user and system, are the 14th and 15th field; the second one is a name that may hold spaces. */
function cpuMs(pid: number | undefined): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
