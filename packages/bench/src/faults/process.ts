import { killAndResume } from '../resume/kill-and-resume.ts';
import type { Fault } from './fault.ts';
import { callFlow, echoFlow } from './flows.ts';
import { isAccepted, send } from './send.ts';
import { startSink } from './sink.ts';
import { pause, withWeft, type WeftUnderTest } from './weft-under-test.ts';

/** How the process ends, wanted and unwanted. */
export const processFaults: Fault[] = [
  { title: 'kill -9 at random points', cases: 200, short: 3, run: kills },
  { title: 'kill at every commit boundary', cases: 80, short: 4, run: atEveryCommit },
  { title: 'killed while it starts', cases: 20, short: 1, run: starts },
  { title: 'SIGTERM under load', cases: 100, short: 2, run: stops },
];

const senders = 8;

/** The installation is ended again and again while calls come in; whatever was acknowledged has to be there in the end. */
async function stops(cases: number, weft: WeftUnderTest): Promise<string[]> {
  const sink = await startSink();
  try {
    await weft.allow([sink.origin]);
    const url = await weft.publish(callFlow('orders', `${sink.origin}/orders`));
    const acknowledged = new Map<string, number>();
    const broken: string[] = [];
    for (let round = 0; round < cases; round += 1) {
      const load = underLoad(url, String(round), acknowledged);
      await pause(Math.random() * 250);
      const code = await weft.end('SIGTERM');
      if (code !== 0) broken.push(`SIGTERM number ${round + 1} ended with ${code}.`);
      await load.stop();
      await weft.start();
    }
    await weft.settled();
    return [...broken, ...verify(weft, acknowledged, sink.bodies)];
  } finally {
    await sink.close();
  }
}

async function kills(cases: number): Promise<string[]> {
  const { lostAcknowledged, duplicateRuns, unfinishedRuns, unstableKeys, integrityOk } = await killAndResume(cases);
  const counted = {
    'acknowledged calls are lost': lostAcknowledged,
    'events have two runs': duplicateRuns,
    'runs did not succeed': unfinishedRuns,
    'effects changed their key': unstableKeys,
  };
  const broken = Object.entries(counted).flatMap(([what, count]) => (count > 0 ? [`${count} ${what}.`] : []));
  return integrityOk ? broken : [...broken, 'The database is not sound.'];
}

/** One run of three effects, ended just before or just after one of its commits; the cases go round all of them. */
async function atEveryCommit(cases: number, weft: WeftUnderTest): Promise<string[]> {
  const sink = await startSink();
  try {
    await weft.allow([sink.origin]);
    const url = await weft.publish(callFlow('orders', `${sink.origin}/orders`, { calls: 3 }));
    const acknowledged = new Map<string, number>();
    const broken: string[] = [];
    for (let at = 0; at < cases; at += 1) {
      const when = at % 2 === 0 ? 'before' : 'after';
      const commit = (Math.floor(at / 2) % commitsOfARun) + 1;
      const key = `${commit}-${when}-${at}`;
      const call = () => send(url, JSON.stringify({ key }), { 'idempotency-key': key });
      await weft.inject({ killAt: { commit, when } });
      if (isAccepted(await call())) broken.push(`The process should have ended ${when} commit ${commit} and answered.`);
      await weft.gone();
      await weft.start();
      // The sender saw a broken connection and sends again, as senders do.
      const again = await call();
      if (isAccepted(again)) acknowledged.set(key, 1);
      else broken.push(`After the end ${when} commit ${commit} the second call was answered with ${again.status}: ${again.body}`);
    }
    await weft.settled();
    return [...broken, ...verify(weft, acknowledged, sink.bodies)];
  } finally {
    await sink.close();
  }
}

/** Before each of three effects, and with the end: what the journal of such a run is committed in. */
const commitsOfARun = 4;

export function underLoad(url: string, prefix: string, acknowledged: Map<string, number>): { stop(): Promise<void> } {
  let over = false;
  const sender = async (slot: number) => {
    for (let turn = 0; !over; turn += 1) {
      const key = `${prefix}-${slot}-${turn}`;
      const sent = await send(url, JSON.stringify({ key }), { 'idempotency-key': key });
      if (isAccepted(sent)) acknowledged.set(key, (acknowledged.get(key) ?? 0) + 1);
      else await pause(5);
    }
  };
  const all = Promise.all(Array.from({ length: senders }, (_, slot) => sender(slot)));
  return {
    async stop() {
      over = true;
      await all;
    },
  };
}

export function verify(weft: WeftUnderTest, acknowledged: ReadonlyMap<string, number>, bodies: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const broken: string[] = [];
  const byKey = new Map<string, number>();
  for (const { id, payload, status } of weft.runs()) {
    const { body } = JSON.parse(payload) as { body: { key: string } };
    byKey.set(body.key, (byKey.get(body.key) ?? 0) + 1);
    if (status !== 'succeeded') broken.push(`${id} is ${status}.`);
  }
  for (const key of acknowledged.keys()) if (!byKey.has(key)) broken.push(`${key} was acknowledged and is lost.`);
  for (const [key, times] of byKey) if (times > 1) broken.push(`${key} has ${times} runs.`);
  for (const [key, sent] of bodies) if (sent.size > 1) broken.push(`${sent.size} different bodies came under the key ${key}.`);
  const integrity = weft.integrity();
  if (integrity !== 'ok') broken.push(`The database is not sound: ${integrity}`);
  return broken;
}

/** Killed at its very first start, while it makes its database, and at every later one: the next start has to find its way. */
async function starts(cases: number): Promise<string[]> {
  const broken: string[] = [];
  const first = async (round: number) =>
    withWeft(async (weft) => {
      const url = await weft.publish(echoFlow('start'));
      await weft.end('SIGKILL');
      const starting = weft.start().catch(() => undefined);
      await pause(Math.random() * maxStartMs);
      await weft.end('SIGKILL');
      await starting;
      await weft.start();
      const sent = await send(url, JSON.stringify({ key: String(round) }));
      if (sent.status !== 200) broken.push(`Start ${round} answered ${sent.status}: ${sent.body}`);
      if (weft.integrity() !== 'ok') broken.push(`The database is not sound: ${weft.integrity()}`);
    }, { killFirstStartAfterMs: Math.random() * maxStartMs });
  for (let round = 0; round < cases; round += 1) await first(round);
  return broken;
}

const maxStartMs = 700;
