import fc from 'fast-check';
import type { Fault } from './fault.ts';
import { callFlow, echoFlow } from './flows.ts';
import { inParallel, isAccepted, send } from './send.ts';
import { startSink } from './sink.ts';
import type { WeftUnderTest } from './weft-under-test.ts';

/** What callers send that they should not, or more of it than usual. */
export const inputFaults: Fault[] = [
  { title: 'payloads of 1, 10 and 100 MB', cases: 30, short: 3, run: payloads },
  { title: 'malformed JSON', cases: 100_000, short: 1_000, run: malformed },
  { title: 'a burst of webhooks', cases: 10_000, short: 300, run: burst },
  { title: 'poison messages among good ones', cases: 200, short: 20, run: poison },
];

const megabyte = 1 << 20;
/** More than this after all of it has been answered would be a leak, not a cache. */
const maxGrowthMb = 300;

async function payloads(cases: number, weft: WeftUnderTest): Promise<string[]> {
  const url = await weft.publish(echoFlow('large', 'immediately'));
  const before = weft.residentMb() ?? 0;
  const broken: string[] = [];
  await inParallel(cases, 3, async (index) => {
    const size = [1, 10, 100][index % 3] as number;
    const { status, body } = await send(url, JSON.stringify({ text: 'x'.repeat(size * megabyte - 100) }));
    if (size === 1 ? status !== 202 : status !== 413) broken.push(`${size} MB were answered with ${status}: ${body.slice(0, 200)}`);
  });
  await weft.settled();
  const small = weft.runs().length;
  if (small !== Math.ceil(cases / 3)) broken.push(`${small} runs are stored instead of ${Math.ceil(cases / 3)}.`);
  const grown = (weft.residentMb() ?? 0) - before;
  if (grown > maxGrowthMb) broken.push(`The server holds ${Math.round(grown)} MB more than before.`);
  return broken;
}

/** JSON that somebody cut, doubled, swapped or sprinkled; and plain noise. */
const damaged = fc.oneof(
  fc.tuple(fc.json(), fc.nat(), fc.nat())
    .map(([text, from, length]) => text.slice(0, from % (text.length + 1)) + text.slice((from + length) % (text.length + 1))),
  fc.tuple(fc.json(), fc.nat(), fc.string({ unit: 'binary', maxLength: 4 }))
    .map(([text, at, noise]) => text.slice(0, at % (text.length + 1)) + noise + text.slice(at % (text.length + 1))),
  fc.string({ unit: 'binary' }),
  fc.nat(3_000).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
);

async function malformed(cases: number, weft: WeftUnderTest): Promise<string[]> {
  const url = await weft.publish(echoFlow('malformed', 'immediately'));
  const broken: string[] = [];
  let accepted = 0;
  const inputs = fc.sample(damaged, { numRuns: cases });
  await inParallel(cases, 50, async (index) => {
    const input = inputs[index] as string;
    const { status, body } = await send(url, Buffer.from(input));
    if (status === 202) accepted += 1;
    else if (status !== 400) broken.push(`${JSON.stringify(input.slice(0, 100))} was answered with ${status}: ${body.slice(0, 200)}`);
  });
  await weft.settled(300_000);
  const stored = weft.runs().length;
  if (stored !== accepted) broken.push(`${accepted} calls were accepted and ${stored} runs are stored.`);
  return broken;
}

async function burst(cases: number, weft: WeftUnderTest): Promise<string[]> {
  const url = await weft.publish(echoFlow('burst', 'immediately'));
  const accepted = new Set<string>();
  const broken: string[] = [];
  await inParallel(cases, 200, async (index) => {
    const sent = await send(url, JSON.stringify({ index }), { 'idempotency-key': `burst-${index}` });
    if (isAccepted(sent)) accepted.add((JSON.parse(sent.body) as { runId: string }).runId);
    // Refusing openly, with the time to come back, is the other right answer.
    else if (sent.status !== 429 || sent.headers['retry-after'] === undefined) {
      broken.push(`Call ${index} was answered with ${sent.status}: ${sent.body.slice(0, 200)}`);
    }
  });
  await weft.settled(300_000);
  const runs = weft.runs();
  const done = new Set(runs.filter(({ status }) => status === 'succeeded').map(({ id }) => id));
  for (const runId of accepted) if (!done.has(runId)) broken.push(`${runId} was acknowledged and is not done.`);
  if (runs.length !== accepted.size) broken.push(`${accepted.size} calls were acknowledged and ${runs.length} runs are stored.`);
  return broken;
}

/** Every fifth message fails at every try; the others have to get through as if it were not there. */
async function poison(cases: number, weft: WeftUnderTest): Promise<string[]> {
  const sink = await startSink((request, response) => void response.writeHead(request.headers['x-poison'] ? 500 : 200).end('{}'));
  try {
    await weft.allow([sink.origin]);
    const retry = { attempts: 3, backoff: 'fixed', delayMs: 20 } as const;
    const good = await weft.publish(callFlow('good', `${sink.origin}/orders`, { respond: 'immediately', retry }));
    const bad = await weft.publish(callFlow('bad', 'http://127.0.0.1:1/never', { respond: 'immediately', retry }));
    const broken: string[] = [];
    await inParallel(cases, 20, async (index) => {
      const sent = await send(index % 5 === 0 ? bad : good, JSON.stringify({ index }));
      if (!isAccepted(sent)) broken.push(`Message ${index} was answered with ${sent.status}.`);
    });
    await weft.settled();
    for (const { id, status, payload } of weft.runs()) {
      const { body } = JSON.parse(payload) as { body: { index: number } };
      const expected = body.index % 5 === 0 ? 'failed' : 'succeeded';
      if (status !== expected) broken.push(`${id} is ${status} and should have ${expected}.`);
    }
    return broken;
  } finally {
    await sink.close();
  }
}
