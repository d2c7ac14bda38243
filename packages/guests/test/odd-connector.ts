import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type Connector, InputError, type Json, type OperationHandler, RetryableError } from '@weft/connector-sdk';

/** How a process ends that nobody asked to. */
const kill = (): never => {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('unreachable');
};

let calls = 0;

const run = {
  echo: async (context, input) => ({ input, pid: process.pid, calls: (calls += 1), connection: context.connection?.config ?? null }),
  refuse: async () => {
    throw new InputError(['input', 'name'], 'No such name.', { kind: 'not_found' });
  },
  later: async () => {
    throw new RetryableError('Later.', { retryAfterMs: 7 });
  },
  bug: async () => {
    throw new TypeError('x is not a function');
  },
  die: async () => kill(),
  /** Dies once for each file name, by a file of its workspace that is there the second time. */
  'die-once': async ({ files }) => {
    const there = (await files.list()).some(({ name }) => name === 'died.txt');
    if (there) return { died: 'once' };
    await files.write('died.txt', Buffer.from('x'), { runId: 'r', idempotencyKey: 'k' });
    return kill();
  },
  /** What a driver does in the socket's event, where nobody can catch it. */
  'throw-outside': () =>
    new Promise<Json>(() => {
      setTimeout(() => {
        throw new Error('Unknown message 7');
      }, 1);
    }),
  spin: async () => {
    for (;;);
  },
  wait: ({ signal }) =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(new RetryableError('Told to end.', { kind: 'timeout' })));
    }),
  fill: async () => {
    const kept: number[][] = [];
    for (;;) kept.push(Array.from({ length: 100_000 }, Math.random));
  },
  allocate: async () => {
    const kept: Buffer[] = [];
    for (;;) kept.push(Buffer.alloc(50 << 20, 1));
  },
  much: async () => ({ text: 'x'.repeat(40 << 20) }),
  rows: async (_context, { count }) => ({ rows: Array.from({ length: Number(count) }, (_, id) => ({ id, title: `t${id}` })), count: Number(count) }),
  look: async () => ({ env: Object.keys(process.env), fds: descriptors(), passwd: readable('/etc/passwd'), writes: writable() }),
  lent: async ({ net, files, http, warn, log, signal }) => {
    warn('careful');
    log('said', { a: 1 });
    await files.write('a.txt', Buffer.from('written'), { runId: 'r', idempotencyKey: 'k' });
    const text = Buffer.from(await files.read('a.txt')).toString();
    const refused = await files.read('none.txt').catch((error: unknown) => (error instanceof InputError ? error.path : []));
    const answer = await http.request({ method: 'GET', url: 'http://x.example/', signal });
    return { address: (await net.resolve('db.example', 5432)).address, text, refused: [...refused].map(String), status: answer.status };
  },
} satisfies Record<string, OperationHandler>;

const connector: Connector = {
  descriptor: {
    contract: '1',
    id: 'odd',
    version: '1.0.0',
    title: 'Odd',
    categories: [],
    runtime: { kind: 'native' },
    provenance: { origin: 'hand', licence: 'Apache-2.0' },
    tier: 'curated',
    auth: [],
    governance: { allowedHosts: [], dataClasses: [] },
    operations: [...Object.keys(run), 'numbers', 'change'].map((id) => ({
      id,
      kind: id === 'numbers' ? 'source' : 'action',
      title: id,
      visibility: 'primary',
      input: {},
      output: {},
      outputSource: 'learned',
      effect: id === 'change' ? 'write' : 'read',
      failures: [],
      samples: [],
    })),
  },
  isolation: 'process',
  operations: {
    ...Object.fromEntries(Object.entries(run).map(([id, handler]) => [id, { run: handler }])),
    change: { run: run.die, write: async () => kill() },
    numbers: {
      /** Up to `to`; dies in front of each number in `diesAt`, unless it begins there. */
      async *read(_context, { to, diesAt, noCursor }, _config, { cursor, batchSize }) {
        calls += 1;
        for (let from = Number(cursor ?? 0); from < Number(to); from += batchSize) {
          if (from !== Number(cursor ?? 0) && (diesAt as Json[] | undefined)?.includes(from)) kill();
          yield {
            records: Array.from({ length: Math.min(batchSize, Number(to) - from) }, (_, at) => ({ n: from + at })),
            ...(noCursor !== true && { cursor: from + batchSize }),
          };
        }
      },
    },
  },
};

export default connector;

/** What is open: the numbers of the channel and the three streams, and what Node opens for itself. */
function descriptors(): string[] {
  try {
    return readdirSync('/proc/self/fd');
  } catch (error) {
    return [(error as NodeJS.ErrnoException).code ?? ''];
  }
}

function readable(path: string): string {
  try {
    return String(readFileSync(path).byteLength);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? '';
  }
}

function writable(): string {
  try {
    writeFileSync('/tmp/weft-guest-wrote', '');
    return 'yes';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? '';
  }
}
