import type { JsonObject } from '@weft/json-schema';
import type { RateWait, Wait } from '../journal.ts';
import type { OperationLimits } from '../ports.ts';
import type { Buckets } from '../rate/buckets.ts';
import { sleep } from '../run/child-controller.ts';
import type { MomentOf, StepEnd } from '../run/run-state.ts';
import type { ActionWork } from './action.ts';
import { callerOf } from './call-of.ts';

/** Longer waits park the run: it holds neither place nor memory then. */
export const parkAboveMs = 15_000;
/** Shorter waits leave no entry: they end before one could be read. */
const shownAboveMs = 1_000;
/** Back in the queue, where it waits until its connector is switched on again. */
export const heldPauseMs = 1_000;

/**
 * Waits until the step may call its operation: its connector version may be used, and no rate limit would be broken. Its place
 * with a limit is counted once, also when the run is parked meanwhile.
 * @returns how the step ends when the run has to be parked; undefined when it may call now.
 */
export function takeTurn(moment: MomentOf<ActionWork>, call: Call): StepEnd | undefined | Promise<StepEnd | undefined> {
  const { state, frame, stepKey, work } = moment;
  const { limits, substrate } = state.services;
  if (!limits) return undefined;
  const caller = callerOf(state.run, work);
  const isHeld = limits.isHeld(work.use);
  const buckets = limits.bucketsOf(caller);
  const earlier = state.replay?.get(stepKey)?.last;
  // Its place was counted before the run was parked.
  const booked = earlier?.kind === 'started' && earlier.attempt === call.attempt ? earlier.wait : undefined;
  if (!isHeld && !booked && buckets.length === 0) return undefined;
  if (frame.inStream) return sleepUntilTurn({ limits, substrate, now: state.now, signal: frame.signal }, caller).then(() => undefined);
  if (isHeld) return parked({ stepKey, until: state.now() + heldPauseMs, signals: [] });
  return waitForTurn(moment, { ...call, buckets, booked });
}

interface Call {
  attempt: number;
  input: JsonObject;
}

interface Turn extends Call {
  buckets: ReturnType<OperationLimits['bucketsOf']>;
  booked: Wait | undefined;
}

async function waitForTurn({ state, frame, stepKey }: MomentOf<ActionWork>, { attempt, input, buckets, booked }: Turn): Promise<StepEnd | undefined> {
  let until = booked?.until ?? 0;
  let rate: RateWait | undefined = booked?.rate;
  if (!booked) {
    for (const { name, limit, of } of buckets) {
      const free = state.now() + (await state.services.substrate.take(name, limit, state.now()));
      if (free > until) [until, rate] = [free, { ...limit, of }];
    }
  }
  const waitMs = until - state.now();
  if (waitMs <= 0) return undefined;
  const wait: Wait = { stepKey, until, signals: [], rate };
  if (waitMs > shownAboveMs && !booked) {
    state.writer.record({ stepKey, attempt, kind: 'started', at: state.now(), ...(attempt === 1 && { input }), wait });
    if (waitMs <= parkAboveMs) await state.writer.flush();
  }
  if (waitMs > parkAboveMs) return parked(wait);
  await sleep(waitMs, frame.signal);
  return undefined;
}

/** The same in memory, however long it takes: for streams, which cannot be put aside for one of their records. */
export async function sleepUntilTurn(
  { limits, substrate, now, signal }: { limits?: OperationLimits; substrate: Buckets; now: () => number; signal: AbortSignal },
  caller: ReturnType<typeof callerOf>,
): Promise<void> {
  if (!limits) return;
  while (limits.isHeld(caller.use)) await sleep(heldPauseMs, signal);
  let until = 0;
  for (const { name, limit } of limits.bucketsOf(caller)) until = Math.max(until, now() + (await substrate.take(name, limit, now())));
  if (until > now()) await sleep(until - now(), signal);
}

const parked = (wait: Wait): StepEnd => ({ kind: 'waits', waits: [wait] });
