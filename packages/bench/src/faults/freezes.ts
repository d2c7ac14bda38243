import type { Fault } from './fault.ts';
import { callFlow } from './flows.ts';
import { underLoad, verify } from './process.ts';
import { isAccepted, send } from './send.ts';
import { startSink } from './sink.ts';
import { pause, withWeft } from './weft-under-test.ts';

export const freezeFaults: Fault[] = [{ title: 'freezes: the event loop is silent until the watchdog ends it', cases: 20, short: 0, run: freezes }];

/** From the last turn of the event loop to the next call that is accepted. */
const maxBackMs = 10_000;
const minFrozenMs = 1_000;

/** Under its supervisor, while calls come in and runs are in progress. Each time the supervisor is a new one: its pauses are for a server that dies again and again. */
async function freezes(cases: number): Promise<string[]> {
  const sink = await startSink();
  try {
    return await withWeft(async (weft) => {
      await weft.allow([sink.origin]);
      const url = await weft.publish(callFlow('orders', `${sink.origin}/orders`));
      const acknowledged = new Map<string, number>();
      const broken: string[] = [];
      for (let round = 0; round < cases; round += 1) {
        const load = underLoad(url, String(round), acknowledged);
        await pause(Math.random() * 250);
        await weft.inject({ freeze: true });
        const begin = performance.now();
        await acceptedAgain(url, `${round}-back`, acknowledged);
        const backMs = performance.now() - begin;
        if (backMs < minFrozenMs) broken.push(`Freeze ${round + 1} was none.`);
        if (backMs > maxBackMs) broken.push(`After freeze ${round + 1} it took ${Math.round(backMs)} ms until a call was accepted.`);
        await load.stop();
        if ((await weft.end('SIGTERM')) !== 0) broken.push('The supervisor did not end with 0.');
        await weft.start();
      }
      await weft.settled();
      return [...broken, ...verify(weft, acknowledged, sink.bodies)];
    }, { supervised: true });
  } finally {
    await sink.close();
  }
}

/** A sender that hears nothing sends again, as senders do. */
async function acceptedAgain(url: string, key: string, acknowledged: Map<string, number>): Promise<void> {
  while (!isAccepted(await send(url, JSON.stringify({ key }), { 'idempotency-key': key }))) await pause(20);
  acknowledged.set(key, 1);
}
