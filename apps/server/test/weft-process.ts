import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { bundledWeft } from './bundled-weft.ts';

export interface WeftProcess {
  url: string;
  setupToken: string;
  /** Sends the signal and waits for the end. @returns the exit code, null when the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** The program as `npm start` runs it, in a process that can be killed. @param openFiles - how many it may open. Default: as many as this process. */
export async function startWeftProcess(dataFolder: string, { openFiles }: { openFiles?: number } = {}): Promise<WeftProcess> {
  const program = [execPath, join(await bundledWeft(), 'main.js')];
  const [command = '', ...args] = openFiles === undefined ? program : ['sh', '-c', `ulimit -n ${openFiles}; exec "$@"`, 'sh', ...program];
  const child = spawn(command, args, {
    env: { ...process.env, WEFT_DATA: dataFolder, PORT: '0', HOST: '127.0.0.1', WEFT_PUBLIC_URL: '', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output = await untilReady(child);
  return {
    url: /Weft is ready at (\S+)/.exec(output)?.[1] ?? '',
    setupToken: /\/setup\?token=(\S+)/.exec(output)?.[1] ?? '',
    async end(signal) {
      child.kill(signal);
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      return child.exitCode;
    },
  };
}

function untilReady(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (/Weft is ready at \S+\n/.test(output)) resolve(output);
    });
    child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it was ready:\n${output}`)));
  });
}
