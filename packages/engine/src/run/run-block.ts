import { isWanted } from '@weft/flow';
import type { JournalEntry, Wait } from '../journal.ts';
import type { Block } from '../plan/plan.ts';
import { performStep } from '../execute/perform-step.ts';
import { childController } from './child-controller.ts';
import { Superseded } from './interrupted.ts';
import type { BlockEnd, Frame, RunState, StepEnd } from './run-state.ts';

/**
 * Walks the steps of a block: a step runs when all ways to it are settled and one of them is active, and is skipped when
 * none is. Steps that need not wait run one after the other without giving up the thread for as long as a turn may last; only those that
 * wait for something outside, and long turns, make this a promise. When one ends the block, what is still in flight is given up.
 */
export function runBlock(state: RunState, block: Block, frame: Frame): BlockEnd | Promise<BlockEnd> {
  const { steps } = block;
  const { turn } = state.services.patience;
  const unsettled = [...block.incoming];
  const isActive: boolean[] = [];
  const nowOf: number[] = [];
  const ready = block.starts.filter((at) => isWanted(state.until, steps[at]!.id));
  const own = block.forks ? childController(frame.signal) : undefined;
  const inside: Frame = own ? { ...frame, signal: own.signal } : frame;
  const waits: Wait[] = [];
  let inFlight = 0;
  let reachedAnEnd = false;
  let filtered = false;
  let end: BlockEnd | undefined;
  let crash: { error: unknown } | undefined;
  let waiting: PromiseWithResolvers<BlockEnd> | undefined;

  function settle(at: number, result: StepEnd): void {
    if (result.kind === 'waits') {
      waits.push(...result.waits);
      return;
    }
    if (result.kind !== 'went') {
      end ??= result;
      return;
    }
    const step = steps[at]!;
    if (result.output !== undefined) frame.scope[step.id] = result.output;
    let goesOn = false;
    for (const [port, targets] of step.next) {
      for (const target of targets) goesOn = pass(target, port === result.port, result.at) || goesOn;
    }
    if (goesOn) return;
    if (result.port === undefined) filtered = true;
    else reachedAnEnd = true;
  }

  /** One way to a step is settled. @returns whether the run goes on there. */
  function pass(at: number, active: boolean, now: number): boolean {
    unsettled[at]! -= 1;
    if (active) {
      isActive[at] = true;
      nowOf[at] = Math.max(nowOf[at] ?? 0, now);
    }
    if (unsettled[at] === 0) {
      if (isActive[at]) {
        if (isWanted(state.until, steps[at]!.id)) ready.push(at);
      } else skip(at, now);
    }
    return active;
  }

  function skip(at: number, now: number): void {
    const step = steps[at]!;
    if (isWanted(state.until, step.id)) recordSkipped(state, frame, step.id);
    for (const targets of step.next.values()) for (const target of targets) pass(target, false, now);
  }

  function advance(): BlockEnd | undefined {
    while (!end && !crash && ready.length > 0) {
      const at = ready.shift()!;
      const result = performStep(state, inside, steps[at]!, nowOf[at] ?? frame.now);
      if (!(result instanceof Promise)) {
        settle(at, result);
        if (ready.length > 0 && turn.isOver(performance.now())) return rest();
        continue;
      }
      inFlight += 1;
      result.then(
        (done) => {
          inFlight -= 1;
          settle(at, done);
          goOn();
        },
        (error: unknown) => {
          inFlight -= 1;
          // Given up because this block has ended: that is no news.
          if (!(error instanceof Superseded && (end || crash))) crash ??= { error };
          goOn();
        },
      );
    }
    if (inFlight === 0 && !end && waits.length > 0) return { kind: 'waiting', waits };
    if (inFlight === 0) return end ?? { kind: 'done', skipped: filtered && !reachedAnEnd };
    if (end || crash) own?.abort(new Superseded());
    // Nothing is left to do but wait, so this is the moment to make what has happened durable.
    else state.writer.flushIfNeeded()?.catch((error: unknown) => {
      crash ??= { error };
      own?.abort(new Superseded());
    });
    return undefined;
  }

  /** Others have their turn, then it goes on. */
  function rest(): undefined {
    inFlight += 1;
    void state.services.patience.rest().then(() => {
      inFlight -= 1;
      goOn();
    });
    return undefined;
  }

  function goOn(): void {
    const done = advance();
    if (done === undefined) return;
    own?.release();
    if (crash) waiting?.reject(crash.error);
    else waiting?.resolve(done);
  }

  const done = advance();
  if (done !== undefined) {
    own?.release();
    return done;
  }
  waiting = Promise.withResolvers<BlockEnd>();
  return waiting.promise;
}

function recordSkipped(state: RunState, frame: Frame, stepId: string): void {
  const stepKey = frame.prefix + stepId;
  if (!frame.records || state.replay?.has(stepKey)) return;
  const entry: JournalEntry = { stepKey, attempt: 1, kind: 'skipped', at: state.now() };
  state.writer.record(entry);
}
