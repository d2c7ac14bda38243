import type { Fault } from './fault.ts';
import { callFlow } from './flows.ts';
import { brokenConnections, startBadTls, startBroken, startSink } from './sink.ts';
import { inParallel, isAccepted, send } from './send.ts';
import type { WeftUnderTest } from './weft-under-test.ts';

/** Long enough to be sure, short enough for hundreds of cases. */
const timeoutMs = 400;

/** Each call has to end as a failed run with a sentence, and the server has to be as well as before. */
export const upstreamFaults: Fault[] = [
  ...Object
    .entries(brokenConnections)
    .map(([title, behave]): Fault => ({ title, cases: 100, short: 3, run: (cases, weft) => failsCleanly(cases, weft, () => startBroken(behave)) })),
  { title: 'upstream has bad TLS', cases: 100, short: 3, run: (cases, weft) => failsCleanly(cases, weft, startBadTls) },
  { title: 'upstream answers 429 and 5xx in a storm', cases: 300, short: 9, run: storm },
];

async function failsCleanly(cases: number, weft: WeftUnderTest, startService: () => Promise<{ origin: string; close(): Promise<void> }>): Promise<string[]> {
  const service = await startService();
  try {
    await weft.allow([service.origin]);
    const url = await weft.publish(callFlow('broken', `${service.origin}/orders`, { timeoutMs }));
    const broken: string[] = [];
    await inParallel(cases, 20, async (index) => {
      const { status, body } = await send(url, JSON.stringify({ index }));
      if (status !== 500 || !body.includes('run_')) broken.push(`Case ${index} was answered with ${status}: ${body}`);
    });
    await weft.settled();
    const runs = weft.runs();
    if (runs.length !== cases) broken.push(`${runs.length} runs are stored instead of ${cases}.`);
    for (const { id, status, error } of runs) if (status !== 'failed' || !error?.includes('"message"')) broken.push(`${id} is ${status}: ${error}`);
    return broken;
  } finally {
    await service.close();
  }
}

/** Two of three calls are refused; with retries every order arrives, under one key, with one body. */
async function storm(cases: number, weft: WeftUnderTest): Promise<string[]> {
  let calls = 0;
  const refusals = [429, 503, 500, 502];
  const sink = await startSink((_request, response) => {
    calls += 1;
    if (calls % 3 === 0) response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    else response.writeHead(refusals[calls % refusals.length] as number, { 'retry-after': '0' }).end();
  });
  try {
    await weft.allow([sink.origin]);
    const url = await weft.publish(callFlow('storm', `${sink.origin}/orders`, {
      retry: { attempts: 10, backoff: 'fixed', delayMs: 10 },
      respond: 'immediately',
    }));
    const broken: string[] = [];
    await inParallel(cases, 50, async (index) => {
      const sent = await send(url, JSON.stringify({ index }));
      if (!isAccepted(sent)) broken.push(`Call ${index} was answered with ${sent.status}.`);
    });
    await weft.settled();
    // One in 60 is refused ten times in a row by bad luck; such a run has failed, openly.
    for (const { id, status } of weft.runs()) {
      const key = `${id}:call1`;
      const taken = sink.taken.get(key) ?? 0;
      if (status === 'succeeded' ? taken !== 1 : taken !== 0) broken.push(`${id} is ${status} and was taken ${taken} times.`);
      if ((sink.bodies.get(key)?.size ?? 0) > 1) broken.push(`${id} sent different bodies under one key.`);
    }
    return broken;
  } finally {
    await sink.close();
  }
}
