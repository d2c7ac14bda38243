import Database from 'better-sqlite3';
import type { Fault } from './fault.ts';
import { callFlow, echoFlow } from './flows.ts';
import { inParallel, isAccepted, send } from './send.ts';
import { startSink } from './sink.ts';
import { pause, type WeftUnderTest } from './weft-under-test.ts';

/** What the machine under Weft does wrong: its disk, its clock, another program on its files. */
export const machineFaults: Fault[] = [
  { title: 'disk full', cases: 20, short: 1, run: diskFull },
  { title: 'disk full for long under runs in progress', cases: 5, short: 0, run: diskFullForLong },
  { title: 'database locked for 1, 5 and 30 s', cases: 3, short: 1, run: locked },
  { title: 'clock moved by an hour and a day, both ways', cases: 4, short: 2, run: clock },
];

/** No call may be acknowledged that is not stored, and once there is room the server has to go on without help. */
async function diskFull(cases: number, weft: WeftUnderTest): Promise<string[]> {
  const url = await weft.publish(echoFlow('full'));
  const acknowledged = new Set<string>();
  const broken: string[] = [];
  const body = (key: string) => JSON.stringify({ key, filling: 'x'.repeat(20_000) });
  for (let round = 0; round < cases; round += 1) {
    await weft.inject({ diskFull: true });
    let refused = 0;
    await inParallel(12, 12, async (index) => {
      const sent = await send(url, body(`${round}-${index}`));
      if (isAccepted(sent)) acknowledged.add(`${round}-${index}`);
      else if (sent.status < 500) broken.push(`A full disk was answered with ${sent.status}: ${sent.body}`);
      else refused += 1;
    });
    if (refused === 0) broken.push(`Round ${round}: the disk was full and nothing was refused.`);
    await weft.inject({ diskFull: false });
    const sent = await send(url, body(`${round}-after`));
    if (isAccepted(sent)) acknowledged.add(`${round}-after`);
    else broken.push(`With room again the answer was ${sent.status}: ${sent.body}`);
  }
  await weft.settled();
  return [...broken, ...lost(weft, acknowledged)];
}

/** Longer than a run tries to store how it went on. */
const longMs = 7_000;

/** What the disk could not take is done again under the same keys, and every run ends without help. */
async function diskFullForLong(cases: number, weft: WeftUnderTest): Promise<string[]> {
  const large = JSON.stringify({ filling: 'x'.repeat(20_000) });
  const sink = await startSink((_request, response) => void setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end(large), 200));
  try {
    await weft.allow([sink.origin]);
    const url = await weft.publish(callFlow('full', `${sink.origin}/orders`, { respond: 'immediately', calls: 3 }));
    const acknowledged = new Set<string>();
    const broken: string[] = [];
    for (let round = 0; round < cases; round += 1) {
      await inParallel(10, 10, async (index) => {
        const sent = await send(url, JSON.stringify({ key: `${round}-${index}` }));
        if (isAccepted(sent)) acknowledged.add(`${round}-${index}`);
        else broken.push(`Call ${index} was answered with ${sent.status}.`);
      });
      await weft.inject({ diskFull: true });
      await pause(longMs);
      await weft.inject({ diskFull: false });
      await weft.settled();
    }
    for (const [key, bodies] of sink.bodies) if (bodies.size > 1) broken.push(`${bodies.size} different bodies came under the key ${key}.`);
    if (sink.bodies.size !== 3 * acknowledged.size) broken.push(`${sink.bodies.size} keys came for ${acknowledged.size} runs of three calls.`);
    return [...broken, ...lost(weft, acknowledged)];
  } finally {
    await sink.close();
  }
}

async function locked(cases: number, weft: WeftUnderTest): Promise<string[]> {
  const url = await weft.publish(echoFlow('locked'));
  const acknowledged = new Set<string>();
  const broken: string[] = [];
  for (const seconds of [1, 5, 30].slice(0, cases)) {
    const other = new Database(weft.databaseFile);
    other.exec('BEGIN IMMEDIATE');
    const unlocked = pause(seconds * 1_000).then(() => {
      other.exec('COMMIT');
      other.close();
    });
    await inParallel(20, 20, async (index) => {
      const key = `${seconds}-${index}`;
      const sent = await send(url, JSON.stringify({ key }));
      if (isAccepted(sent)) acknowledged.add(key);
      else if (sent.status < 500) broken.push(`A locked database was answered with ${sent.status}: ${sent.body}`);
    });
    await unlocked;
    const sent = await send(url, JSON.stringify({ key: `${seconds}-after` }));
    if (isAccepted(sent)) acknowledged.add(`${seconds}-after`);
    else broken.push(`${seconds} s of lock over, the answer was ${sent.status}: ${sent.body}`);
  }
  await weft.settled();
  return [...broken, ...lost(weft, acknowledged)];
}

const hour = 3_600_000;

/** Runs that wait for their next try while the clock jumps have to end, once each. */
async function clock(cases: number, weft: WeftUnderTest): Promise<string[]> {
  const refusedOnce = new Set<string>();
  const sink = await startSink((request, response) => {
    const key = String(request.headers['idempotency-key']);
    const first = !refusedOnce.has(key);
    refusedOnce.add(key);
    response.writeHead(first ? 503 : 200).end('{}');
  });
  try {
    await weft.allow([sink.origin]);
    const url = await weft.publish(callFlow('clock', `${sink.origin}/orders`, {
      respond: 'immediately',
      retry: { attempts: 3, backoff: 'fixed', delayMs: 300 },
    }));
    const acknowledged = new Set<string>();
    const broken: string[] = [];
    for (const [round, clockMs] of [hour, -hour, 24 * hour, -24 * hour].slice(0, cases).entries()) {
      await inParallel(20, 20, async (index) => {
        const sent = await send(url, JSON.stringify({ key: `${round}-${index}` }), { 'idempotency-key': `${round}-${index}` });
        if (isAccepted(sent)) acknowledged.add(`${round}-${index}`);
        else broken.push(`Call ${index} was answered with ${sent.status}.`);
      });
      await weft.inject({ clockMs });
      await pause(500);
      await weft.inject({});
      // Whoever was to wait until the clock comes round again goes on when it is set right.
      await weft.settled(90_000);
    }
    for (const [key, times] of sink.taken) if (times !== 1) broken.push(`${key} was taken ${times} times.`);
    return [...broken, ...lost(weft, acknowledged)];
  } finally {
    await sink.close();
  }
}

function lost(weft: WeftUnderTest, acknowledged: ReadonlySet<string>): string[] {
  const stored = new Map<string, number>();
  for (const { payload, status } of weft.runs()) {
    const { key } = (JSON.parse(payload) as { body: { key: string } }).body;
    if (status === 'succeeded') stored.set(key, (stored.get(key) ?? 0) + 1);
  }
  const missing = [...acknowledged].filter((key) => !stored.has(key)).map((key) => `${key} was acknowledged and is lost.`);
  const integrity = weft.integrity();
  return integrity === 'ok' ? missing : [...missing, `The database is not sound: ${integrity}`];
}
