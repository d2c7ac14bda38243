import { callFlow, echoFlow } from '../faults/flows.ts';
import { isAccepted, send } from '../faults/send.ts';
import { startSink } from '../faults/sink.ts';
import { pause, withWeft, type WeftUnderTest } from '../faults/weft-under-test.ts';

export interface ResumeFigures {
  kills: number;
  /** Calls that were answered with success. */
  acknowledged: number;
  /** Of those, calls without a stored run. */
  lostAcknowledged: number;
  /** Events that started more than one run: every call is sent again until it is acknowledged. */
  duplicateRuns: number;
  /** Runs that did not succeed in the end. */
  unfinishedRuns: number;
  /** Effects that reached the service under more than one idempotency key. */
  unstableKeys: number;
  /** Effects that reached it again under their own key: at least once, and the service can tell. */
  repeatedEffects: number;
  integrityOk: boolean;
}

const senders = 12;
/** A kill comes this soon after the server is ready, at random. */
const atMostMs = 600;

/**
 * One installation, killed again and again while three kinds of flows are called: one that maps and answers, one that posts to a
 * service and then answers, one that answers at once and posts later. A sender whose call breaks sends the same event again after
 * the restart, as senders do.
 */
export async function killAndResume(kills: number): Promise<ResumeFigures> {
  const sink = await startSink();
  try {
    return await withWeft(async (weft) => {
      await weft.allow([sink.origin]);
      const urls = [
        await weft.publish(echoFlow('echo')),
        await weft.publish(callFlow('post', `${sink.origin}/post`)),
        await weft.publish(callFlow('later', `${sink.origin}/later`, { respond: 'immediately' })),
      ];
      const acknowledged = new Set<string>();
      const calls = keepCalling(urls, acknowledged);
      try {
        for (let kill = 0; kill < kills; kill += 1) {
          await pause(Math.random() * atMostMs);
          await weft.end('SIGKILL');
          await weft.start();
        }
      } finally {
        await calls.end();
      }
      await weft.settled();
      return { kills, ...verified(weft, acknowledged, sink) };
    });
  } finally {
    await sink.close();
  }
}

function keepCalling(urls: readonly string[], acknowledged: Set<string>): { end(): Promise<void> } {
  let over = false;
  async function sender(slot: number): Promise<void> {
    for (let turn = 0; !over; turn += 1) {
      const key = `${slot}-${turn}`;
      const url = urls[turn % urls.length] ?? '';
      while (!isAccepted(await send(url, JSON.stringify({ key }), { 'idempotency-key': key }))) {
        if (over) return;
        await pause(10);
      }
      acknowledged.add(key);
    }
  }
  const all = Promise.all(Array.from({ length: senders }, (_, slot) => sender(slot)));
  return {
    async end() {
      over = true;
      await all;
    },
  };
}

function verified(
  weft: WeftUnderTest,
  acknowledged: ReadonlySet<string>,
  { taken, bodies }: Awaited<ReturnType<typeof startSink>>,
): Omit<ResumeFigures, 'kills'> {
  const runs = weft.runs();
  const runsOf = new Map<string, number>();
  for (const { payload } of runs) {
    const { key } = (JSON.parse(payload) as { body: { key: string } }).body;
    runsOf.set(key, (runsOf.get(key) ?? 0) + 1);
  }
  const idempotencyKeysOf = new Map<string, number>();
  for (const sent of bodies.values()) for (const body of sent) idempotencyKeysOf.set(body, (idempotencyKeysOf.get(body) ?? 0) + 1);
  const count = <T>(all: Iterable<T>, is: (one: T) => boolean) => [...all].filter(is).length;
  return {
    acknowledged: acknowledged.size,
    lostAcknowledged: count(acknowledged, (key) => !runsOf.has(key)),
    duplicateRuns: count(runsOf.values(), (times) => times > 1),
    unfinishedRuns: count(runs, ({ status }) => status !== 'succeeded'),
    unstableKeys: count(idempotencyKeysOf.values(), (keys) => keys > 1) + count(bodies.values(), (sent) => sent.size > 1),
    repeatedEffects: count(taken.values(), (times) => times > 1),
    integrityOk: weft.integrity() === 'ok',
  };
}
