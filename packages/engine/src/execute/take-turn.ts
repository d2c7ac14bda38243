import type { JsonObject } from '@weft/json-schema';
import type { RateWait, Wait } from '../journal.ts';
import { sleep } from '../run/child-controller.ts';
import type { Moment, StepEnd } from '../run/run-state.ts';

/** Longer waits park the run: it holds neither place nor memory then. */
export const parkAboveMs = 15_000;
/** Shorter waits leave no entry behind: nobody could read it. */
const shownAboveMs = 1_000;
/** Back in the queue, where it waits until its connector is switched on again. */
const heldPauseMs = 1_000;

/**
 * Waits until the step may call its operation: its connector version may be used, and no rate limit would be broken. Its place
 * with a limit is counted once, also when the run is parked meanwhile.
 * @returns how the step ends when the run has to be parked; undefined when it may call now.
 */
export async function takeTurn(moment: Moment<'action'>, call: { attempt: number; input: JsonObject }): Promise<StepEnd | undefined> {
  const { state, stepKey, work } = moment;
  const { limits, substrate } = state.services;
  if (!limits) return undefined;
  const { attempt } = call;
  const use = { run: state.run, use: work.use, ...(work.connection !== undefined && { connection: work.connection }) };
  if (limits.isHeld(work.use)) return parked({ stepKey, until: state.now() + heldPauseMs, signals: [] });

  const earlier = state.replay?.get(stepKey)?.last;
  // Its place was counted before the run was parked.
  const booked = earlier?.kind === 'started' && earlier.attempt === attempt ? earlier.wait : undefined;
  let until = booked?.until ?? 0;
  let rate: RateWait | undefined = booked?.rate;
  if (!booked) {
    for (const { name, limit, of } of limits.bucketsOf(use)) {
      const free = state.now() + (await substrate.take(name, limit, state.now()));
      if (free > until) [until, rate] = [free, { ...limit, of }];
    }
  }
  const waitMs = until - state.now();
  if (waitMs <= 0) return undefined;
  const wait: Wait = { stepKey, until, signals: [], ...(rate && { rate }) };
  if (waitMs > shownAboveMs && !booked) {
    state.writer.record({ stepKey, attempt, kind: 'started', at: state.now(), ...(attempt === 1 && { input: call.input }), wait });
    if (waitMs > parkAboveMs) return parked(wait);
    await state.writer.flush();
  } else if (waitMs > parkAboveMs) return parked(wait);
  await sleep(waitMs, moment.frame.signal);
  return undefined;
}

const parked = (wait: Wait): StepEnd => ({ kind: 'waits', waits: [wait] });
