import type { RequestListener, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Connector } from '@weft/connector-sdk';
import type { AuthTable } from '@weft/connector-sdk/auth';
import { type Logger, pino } from 'pino';
import { openDataFolder } from './data-folder.ts';
import { migrate } from './db/migrate.ts';
import { beginServing, openDatabase } from './db/open.ts';
import type { FrontOptions } from './compose/front.ts';
import { answerProbe, isProbe } from './http/health.ts';
import { createServices, type Services } from './compose/services.ts';
import { listen } from './listener.ts';
import { createSpareRoom, type SpareRoom } from './spare-room.ts';
import { startProblem } from './start-problem.ts';
import { StartRefused } from './start-refused.ts';
import { isDiskFull } from './store-trouble.ts';
import type { Starter } from './starters/index.ts';
import { HOOKS_PREFIX } from './stores/flows/hook-address.ts';
import { readKeyFile } from './vault/key-file.ts';
import { createVault } from './vault/vault.ts';
import { createGuard } from './watchdog/guard.ts';
import { leaveBehind, tellOfEarlierEnd } from './watchdog/last-words.ts';
import { startWatchdog, type WatchdogOptions } from './watchdog/watchdog.ts';

export interface ServerOptions {
  /** Made when it is missing. */
  dataFolder: string;
  /** Default 4100; 0 takes a free one. */
  port?: number;
  /** Default 127.0.0.1: reachable from this machine only. */
  host?: string;
  /** Where the installation is reached from outside, no slash at the end. Default: http://localhost with the port. */
  publicUrl?: string;
  /** Default info. */
  logLevel?: string;
  /** Accept session cookies over plain http beyond this machine. Default false. */
  allowPlainCookies?: boolean;
  /** A reverse proxy stands in front: its X-Forwarded-For names the caller, for the throttle of failed sign-ins. Default false. */
  trustProxy?: boolean;
  /** What the web app's build made. Default: beside this program. */
  webFolder?: string;
  /** Default: all connectors of this build. */
  connectors?: readonly Connector[];
  /** What each kind of auth scheme does. Default: the kinds of this build. */
  authKinds?: AuthTable;
  /** Default: the three that come with Weft. */
  starters?: readonly Starter[];
  /** For the files of each workspace. Default 10 GB. */
  quotaBytes?: number;
  /** Ends the process when its event loop is frozen. Default: nothing watches it. */
  watchdog?: WatchdogOptions;
}

export interface RunningServer {
  /** Its public address. */
  url: string;
  /** Where it listens. */
  port: number;
  /** Claims the installation; null when it is claimed already. */
  setupToken: string | null;
  /** Takes no new work, lets the rest finish or park, and frees the data folder. */
  close(): Promise<void>;
  /** After an error that nobody caught: the journal is brought to the disk and the reason left for the next start, all before it returns. */
  leave(error: unknown): void;
}

// Depth counts: this file's folder and the bundle's folder both lie one below apps/server.
const builtWeb = fileURLToPath(new URL('../../web/dist', import.meta.url));
const defaultHost = '127.0.0.1';
const loopback = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

/**
 * The whole of Weft in this process: tests and benches start it as the program does.
 * @throws {StartRefused} with one sentence that says what to do.
 */
export async function createServer(options: ServerOptions): Promise<RunningServer> {
  checkPublicUrl(options.publicUrl);
  checkCookies(options);
  const log = createLogger(options.logLevel ?? 'info');
  const spareRoom = createSpareRoom(join(options.dataFolder, 'spare-room'), (error) => log.warn({ err: error }, 'no room is kept for a full disk'));
  try {
    return await start(options, log, spareRoom);
  } catch (error) {
    if (!isDiskFull(error) || !spareRoom.release()) throw startProblem(error, options.dataFolder);
  }
  log.error('the disk is full; the room that was kept for this is given back for the start');
  return start(options, log, spareRoom).catch((error: unknown) => {
    throw startProblem(error, options.dataFolder);
  });
}

async function start(options: ServerOptions, log: Logger, spareRoom: SpareRoom): Promise<RunningServer> {
  const { port = 4100, host = defaultHost } = options;
  const folder = openDataFolder(options.dataFolder);
  const undo: (() => void | Promise<void>)[] = [() => folder.release()];
  const close = async () => {
    for (const step of undo.toReversed()) await step();
  };
  try {
    const vault = createVault(readKeyFile(folder.key, !folder.hadData));
    const db = openDatabase(folder.database);
    undo.push(() => void db.$client.close());
    migrate(db, folder.path);
    tellOfEarlierEnd(log, folder.unforeseenEnd);
    const unwatched = (error: unknown) => log.error({ err: error }, 'the watchdog has ended; a freeze is noticed by nobody until the next start');
    const watchdog = options.watchdog && startWatchdog(folder.unforeseenEnd, options.watchdog, unwatched);
    undo.push(() => watchdog?.close());
    const guard = createGuard({ db, file: folder.underWay, log, begins: watchdog?.awake });

    let handle: RequestListener = (_request, response) => void response.writeHead(503, { 'retry-after': '1' }).end('Weft is starting.');
    const listener = await listen((request, response) => handle(request, response), host, port);
    undo.push(() => listener.end());

    const publicUrl = options.publicUrl ?? `http://${loopback.has(host) ? 'localhost' : urlHost(host)}:${listener.port}`;
    const { connectors, authKinds, starters, quotaBytes } = options;
    const services = createServices({
      db,
      vault,
      log,
      publicUrl,
      port: listener.port,
      filesFolder: folder.files,
      blobsFolder: folder.blobs,
      connectors,
      authKinds,
      starters,
      quotaBytes,
      entering: watchdog?.entering,
      guard,
      spareRoom,
    });
    undo.push(async () => {
      handle = (_request, response) => void response.writeHead(503, { connection: 'close', 'retry-after': '5' }).end('Weft is stopping.');
      listener.refuse();
      guard.close();
      await services.close();
    });
    await services.runs.open();
    beginServing(db);
    const loadFront = lazyFront(services, {
      trustProxy: options.trustProxy,
      reachedAt: { publicUrl: options.publicUrl, host },
      webFolder: options.webFolder ?? builtWeb,
    });
    const notLoaded = (error: unknown, response: ServerResponse) => {
      log.error({ err: error }, 'the pages and their API cannot be loaded');
      response.writeHead(500).end('Weft could not load its pages. The log of the server says why.');
    };
    const https = publicUrl.startsWith('https:');
    handle = (request, response) => {
      request.url = originForm(request.url);
      // Before everything else: the busiest way in, and the one that is asked first, need none of it.
      if (isProbe(request.url)) return answerProbe(request, response, { https });
      watchdog?.awake();
      if (request.url.startsWith(HOOKS_PREFIX)) services.runs.receiveWebhook(request, response);
      else loadFront().then((front) => front(request, response), (error: unknown) => notLoaded(error, response));
    };
    undo.push(warmUp(loadFront, services, spareRoom));
    const leave = (error: unknown) =>
      leaveBehind({ log, endFile: folder.unforeseenEnd, lastStep: watchdog?.lastStep(), underWay: guard.now(), save: services.runs.saveNow }, error);
    return { url: publicUrl, port: listener.port, setupToken: services.identity.setUpToken.current(), close, leave };
  } catch (error) {
    await close();
    throw error;
  }
}

function checkPublicUrl(publicUrl: string | undefined): void {
  if (publicUrl === undefined) return;
  const url = URL.canParse(publicUrl) ? new URL(publicUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.origin !== publicUrl) {
    throw new StartRefused(`WEFT_PUBLIC_URL is “${publicUrl}”. Write scheme and host only, such as https://weft.example.com.`);
  }
}

/** A session cookie that travels over plain http can be read and used by anybody on the way. */
function checkCookies({ host = defaultHost, publicUrl, allowPlainCookies }: ServerOptions): void {
  if (allowPlainCookies || publicUrl?.startsWith('https:')) return;
  const shown = publicUrl ? new URL(publicUrl).hostname : host;
  if (loopback.has(host) && loopback.has(shown)) return;
  throw new StartRefused(
    'Weft would be reachable from other machines over plain http, where sign-ins can be read on the way. Put it behind https and set WEFT_PUBLIC_URL to that address, or accept the risk with WEFT_ALLOW_PLAIN_COOKIES=1.',
  );
}

const urlHost = (host: string): string => (host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host);

/**
 * The path and query of a request, also where it names the whole address, as some proxies send it and every server has to take it.
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2
 */
function originForm(target = '/'): string {
  if (target.startsWith('/') || !/^https?:\/\//i.test(target)) return target;
  const rest = target.replace(/^https?:\/\/[^/?#]*/i, '');
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/**
 * The pages and their API are a good half of the program: calls are taken and runs go on before it is loaded.
 * @returns a function that loads it once, at the first call.
 */
function lazyFront(services: Services, options: FrontOptions): () => Promise<RequestListener> {
  let loading: Promise<RequestListener> | undefined;
  return () => (loading ??= import('./compose/front.ts').then(({ createFront }) => createFront(services, options)));
}

/**
 * What people need first is loaded when nothing else is waited for: once calls are taken, and before anybody has typed a password.
 * @returns what gives it up.
 */
function warmUp(loadFront: () => Promise<RequestListener>, { identity, stopping, log }: Services, spareRoom: SpareRoom): () => void {
  const work = async () => {
    await loadFront();
    await identity.warmUp();
    await spareRoom.keep();
  };
  const failed = (error: unknown) => {
    // What is being closed meanwhile cannot be prepared.
    if (!stopping.aborted) log.error({ err: error }, 'pages and signing in cannot be prepared');
  };
  const timer = setTimeout(() => work().catch(failed), warmUpAfterMs);
  return () => {
    clearTimeout(timer);
    spareRoom.close();
  };
}

const warmUpAfterMs = 1_000;

function createLogger(level: string): Logger {
  if (level !== 'silent' && !(level in pino.levels.values)) {
    throw new StartRefused(`LOG_LEVEL is “${level}”. Use one of ${Object.keys(pino.levels.values).join(', ')} or silent.`);
  }
  return pino({
    level,
    base: null,
    redact: {
      paths: [
        'password', 'token', 'cookie', 'authorization', 'credentials', '*.password', '*.token', '*.cookie', '*.authorization', '*.credentials',
        'headers', '*.headers',
      ],
      censor: '[redacted]',
    },
  });
}
