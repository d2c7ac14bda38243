import { fileURLToPath } from 'node:url';
import { contest } from './webhook/contest.ts';
import { postingFlow } from './webhook/flow.ts';
import { startServerProcess } from './webhook/server-process.ts';

/**
 * The same as webhook-map-respond, with one POST of the mapped order to a service on this machine before the answer. What led to the
 * POST is stored durably before it is sent, what came of it before the answer.
 */
export async function bench(): Promise<void> {
  const service = await startServerProcess([fileURLToPath(new URL('./webhook/sink-process.ts', import.meta.url))], /Ready at \S+\n/);
  try {
    const sink = /Ready at (\S+)/.exec(service.output)?.[1] ?? '';
    await contest({ name: 'webhook-map-http', flow: postingFlow(sink), sink });
  } finally {
    await service.stop();
  }
}
