/** The program: reads the environment, starts the server, and says where it is. The only place that does so. */
import { enableCompileCache, flushCompileCache } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../package.json' with { type: 'json' };
import type { RunningServer } from './server.ts';
import { StartRefused } from './start-refused.ts';
import type { WatchdogOptions } from './watchdog/watchdog.ts';

const projectRoot = fileURLToPath(new URL('../../..', import.meta.url));
const environment = (name: string): string | undefined => process.env[name]?.trim() || undefined;
// A path means what it meant where the person typed it: package managers change the folder and keep it here.
const typedIn = environment('INIT_CWD') ?? process.cwd();
const dataFolder = resolve(typedIn, environment('WEFT_DATA') ?? `${projectRoot}.weft`);

try {
  const [command, ...rest] = process.argv.slice(2).filter((argument) => argument !== '--');
  await run(command, rest[0]);
} catch (error) {
  if (!(error instanceof StartRefused)) throw error;
  process.stderr.write(`\n  ${error.message}\n\n`);
  process.exitCode = 1;
}

async function run(command: string | undefined, folder: string | undefined): Promise<void> {
  if (command === undefined) return serve();
  if (command !== 'backup' && command !== 'restore') throw new StartRefused(`“${command}” is no command. Use backup or restore, or none to start the server.`);
  if (!folder) throw new StartRefused(`Name the folder: npm run ${command} -- <folder>`);
  const path = resolve(typedIn, folder);
  if (command === 'backup') {
    const { backup } = await import('./backup/backup.ts');
    const { files } = backup(dataFolder, path, manifest.version);
    process.stdout.write(`\n  Everything in ${dataFolder} is now also in ${path} (${files} files). It holds the key to saved credentials: keep it safe.\n\n`);
  } else {
    const { restore } = await import('./backup/restore.ts');
    const { createdAt } = restore(path, dataFolder);
    process.stdout.write(`\n  ${dataFolder} is as it was on ${createdAt}. Start Weft to go on.\n\n`);
  }
}

async function serve(): Promise<void> {
  const port = portOf(environment('PORT'));
  rememberCompiledCode();
  // Whatever a command needs is loaded here: what stands above is compiled anew at every start.
  const { createServer } = await import('./server.ts');
  const server = await createServer({
    dataFolder,
    port,
    host: environment('HOST'),
    publicUrl: environment('WEFT_PUBLIC_URL')?.replace(/\/+$/, ''),
    logLevel: environment('LOG_LEVEL'),
    allowPlainCookies: environment('WEFT_ALLOW_PLAIN_COOKIES') === '1',
    trustProxy: environment('WEFT_TRUST_PROXY') === '1',
    quotaBytes: bytesOf('WEFT_FILE_SPACE_GB'),
    watchdog: watchdogOptions(),
  });
  // Before the ready line: a supervisor may stop the process as soon as it has read it.
  stopOnSignal(server);
  endOnUncaught(server);
  announce(server);
}

/** The next start need not compile the program again. Beside the bundle, which it belongs to; where that cannot be written, nothing happens. */
function rememberCompiledCode(): void {
  if (import.meta.filename.endsWith('.ts')) return;
  enableCompileCache(join(import.meta.dirname, 'compiled'));
  // Not only at a regular end: by then all that a start needs has been loaded.
  setTimeout(flushCompileCache, 5_000).unref();
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new StartRefused(`PORT is “${text}”. Use a number from 1 to 65535.`);
  return port;
}

function bytesOf(variable: string): number | undefined {
  const text = environment(variable);
  if (text === undefined) return undefined;
  const gigabytes = Number(text);
  if (!(gigabytes > 0 && Number.isFinite(gigabytes))) throw new StartRefused(`${variable} is “${text}”. Use a number of gigabytes, as in ${variable}=50.`);
  return gigabytes * 1e9;
}

/**
 * Nothing ends a frozen process that nobody would start again, unless it is wished, nor one that a debugger may hold. That its supervisor is
 * gone it sees all the same.
 */
function watchdogOptions(): WatchdogOptions | undefined {
  const supervisor = environment('WEFT_SUPERVISOR');
  const text = environment('WEFT_FREEZE_SECONDS') ?? (supervisor === undefined ? '0' : '7');
  const seconds = Number(text);
  if (!(seconds >= 0 && seconds <= 3_600)) {
    throw new StartRefused(`WEFT_FREEZE_SECONDS is “${text}”. Use a number of seconds up to 3600, as in WEFT_FREEZE_SECONDS=30, or 0 for no watchdog.`);
  }
  const isOff = seconds === 0 || process.execArgv.some((option) => option.startsWith('--inspect'));
  if (isOff && supervisor === undefined) return undefined;
  return { freezeMs: isOff ? Number.POSITIVE_INFINITY : seconds * 1_000, supervisor: supervisor === undefined ? undefined : Number(supervisor) };
}

function announce({ url, setupToken }: RunningServer): void {
  const lines = [''];
  if (setupToken) lines.push('  Nobody owns this installation yet. Open this link to make your account:', `  ${url}/setup?token=${setupToken}`, '');
  lines.push(`  Weft is ready at ${url}`, '', '');
  process.stdout.write(lines.join('\n'));
}

/** Told apart from a start that was refused, which ends with 1: started again, this one may go on. */
const uncaughtCode = 70;

/** The process never goes on after an error that nobody caught: what it holds in memory may be half of something. */
function endOnUncaught(server: RunningServer): void {
  process.on('uncaughtException', (error) => {
    try {
      server.leave(error);
    } finally {
      process.exit(uncaughtCode);
    }
  });
}

/** A terminal, a package manager and a supervisor may each pass on what is one press of a key. */
const oneSignalMs = 1_000;

/** The first signal drains, a second one ends at once. */
function stopOnSignal(server: RunningServer): void {
  let stoppingSince: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stoppingSince !== undefined) {
        if (performance.now() - stoppingSince > oneSignalMs) process.exit(1);
        return;
      }
      stoppingSince = performance.now();
      process.stdout.write('\n  Weft is stopping.\n');
      server.close().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${String(error)}\n`);
          process.exit(1);
        },
      );
    });
  }
}
