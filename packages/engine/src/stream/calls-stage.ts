import { childController } from '../run/child-controller.ts';
import { Superseded } from '../run/interrupted.ts';
import { isDue, type Batch } from './batch.ts';
import { takeEnd } from './record-step.ts';
import type { StageStep } from './stages.ts';
import type { Stream } from './stream.ts';

/**
 * Steps that call something for each record: all steps of a record in their order, as many records at once as the loop says,
 * begun in the order of the stream. Nothing is committed in between: a batch that is interrupted is done again under the same keys.
 */
export async function callsStage(stream: Stream, steps: readonly StageStep[], batch: Batch): Promise<void> {
  const own = childController(stream.signal);
  let next = 0;

  async function worker(): Promise<void> {
    while (next < batch.limit) {
      const index = next++;
      for (const { at, step } of steps) {
        if (!isDue(batch, at, index)) continue;
        const running = stream.perform(batch, index, step, own.signal);
        takeEnd(stream, step, batch, index, running instanceof Promise ? await running : running);
      }
      // What is in flight behind a record that ends the loop is given up.
      if (batch.end && !own.signal.aborted && index >= batch.limit) own.abort(new Superseded());
    }
  }

  try {
    const workers = await Promise.allSettled(Array.from({ length: Math.min(stream.concurrency, batch.size) }, worker));
    const crashed = workers.find((result) => result.status === 'rejected');
    if (crashed && !(batch.end && crashed.reason instanceof Superseded)) throw crashed.reason;
  } finally {
    own.release();
  }
}
