/** The program: reads the environment, starts the server, and says where it is. The only place that does so. */
import { enableCompileCache, flushCompileCache } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../package.json' with { type: 'json' };
import type { RunningServer } from './server.ts';
import { StartRefused } from './start-refused.ts';

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
  });
  // Before the ready line: a supervisor may stop the process as soon as it has read it.
  stopOnSignal(server);
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

function announce({ url, setupToken }: RunningServer): void {
  const lines = [''];
  if (setupToken) lines.push('  Nobody owns this installation yet. Open this link to make your account:', `  ${url}/setup?token=${setupToken}`, '');
  lines.push(`  Weft is ready at ${url}`, '', '');
  process.stdout.write(lines.join('\n'));
}

/** The first signal drains, a second one ends at once. */
function stopOnSignal(server: RunningServer): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
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
