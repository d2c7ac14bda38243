import type { Fault } from './fault.ts';
import { callFlow } from './flows.ts';
import { isAccepted, send } from './send.ts';
import { startSink } from './sink.ts';
import type { WeftUnderTest } from './weft-under-test.ts';

export const poisonFaults: Fault[] = [{ title: 'a call that ends the process each time', cases: 3, short: 1, run: poison }];

/** A supervisor that sees more ends than this in a row has lost its patience. */
const maxDeaths = 6;
/** In progress beside it, and too slow to be done before the process dies: they may not be given up with it. */
const innocents = 3;
const slowMs = 250;

/** One accepted call ends the process whenever its step begins; started again each time, the server has to get rid of it by itself. */
async function poison(cases: number, weft: WeftUnderTest): Promise<string[]> {
  const sink = await startSink((request, response) => {
    if (String(request.headers['idempotency-key']).includes(poisoned)) void weft.end('SIGKILL');
    else setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'), slowMs);
  });
  let poisoned = 'none';
  try {
    await weft.allow([sink.origin]);
    const url = await weft.publish(callFlow('poison', `${sink.origin}/orders`, { respond: 'immediately' }));
    const broken: string[] = [];
    for (let round = 0; round < cases; round += 1) {
      for (let at = 0; at < innocents; at += 1) await accepted(url, `${round}-${at}`, broken);
      const supervisor = startAgain(weft);
      poisoned = await accepted(url, `${round}-poison`, broken);
      await weft.settled(60_000);
      const deaths = await supervisor.stop();
      if (deaths > maxDeaths) broken.push(`The process died ${deaths} times of one call.`);
    }
    return [...broken, ...misjudged(weft)];
  } finally {
    await sink.close();
  }
}

/** @returns the run's id. */
async function accepted(url: string, key: string, broken: string[]): Promise<string> {
  const sent = await send(url, JSON.stringify({ key }));
  if (!isAccepted(sent)) broken.push(`${key} was answered with ${sent.status}.`);
  return (JSON.parse(sent.body) as { runId: string }).runId;
}

/** Only the poison may fail, with a sentence that says what to do. */
function misjudged(weft: WeftUnderTest): string[] {
  return weft.runs().flatMap(({ payload, status, error }) => {
    const { key } = (JSON.parse(payload) as { body: { key: string } }).body;
    if (!key.endsWith('poison')) return status === 'succeeded' ? [] : [`${key} is ${status}: ${error}`];
    return status === 'failed' && error?.includes('then replay the run') ? [] : [`The poison is ${status}: ${error}`];
  });
}

/** As a service manager does: a process that ends is started again. */
function startAgain(weft: WeftUnderTest): { stop(): Promise<number> } {
  let deaths = 0;
  let over = false;
  const watch = async () => {
    for (;;) {
      await weft.gone();
      if (over) return;
      deaths += 1;
      // It may die while it starts.
      await weft.start().catch(() => undefined);
    }
  };
  void watch();
  return {
    async stop() {
      over = true;
      return deaths;
    },
  };
}
