/** The program: reads the environment, starts the server, and says where it is. The only place that does so. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer, type RunningServer } from './server.ts';
import { StartRefused } from './start-refused.ts';

const projectRoot = fileURLToPath(new URL('../../..', import.meta.url));
const environment = (name: string): string | undefined => process.env[name]?.trim() || undefined;

try {
  const server = await createServer({
    dataFolder: resolve(environment('WEFT_DATA') ?? `${projectRoot}.weft`),
    port: portOf(environment('PORT')),
    host: environment('HOST'),
    publicUrl: environment('WEFT_PUBLIC_URL')?.replace(/\/+$/, ''),
    logLevel: environment('LOG_LEVEL'),
    allowPlainCookies: environment('WEFT_ALLOW_PLAIN_COOKIES') === '1',
  });
  announce(server);
  stopOnSignal(server);
} catch (error) {
  if (!(error instanceof StartRefused)) throw error;
  process.stderr.write(`\nWeft did not start. ${error.message}\n\n`);
  process.exitCode = 1;
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new StartRefused(`PORT is “${text}”. Use a number from 1 to 65535.`);
  return port;
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
