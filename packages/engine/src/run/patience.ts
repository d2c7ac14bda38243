import { setImmediate as nextTurn } from 'node:timers/promises';
import { type MappingContext, type MappingResult, type MappingWork, references, Turn, TurnIsOver } from '@weft/mapping';
import { isInterruption } from './interrupted.ts';

/** All that is worked out in one turn of the event loop keeps others waiting for no longer, milliseconds; one item of a loop may overrun it. */
const maxTurnMs = 15;
/** Where there is so much to do, the next turn is used up as well. */
const maxTries = 20;

/** A mapping or an expression that was too long for a turn: what it gives after all, or why it could not be done. */
export type MappedLater = MappingResult | Error;

/** What was worked out in that way for a step, by the compiled mapping or expression. */
export type WorkedOut = ReadonlyMap<object, MappedLater>;

/** With what was worked out for one more. */
export const workedOut = (before: WorkedOut | undefined, { of }: TurnIsOver, result: MappedLater): WorkedOut =>
  new Map([...(before ?? []), ...(of ? [[of, result] as const] : [])]);

/** Does a mapping where it keeps nobody waiting. */
export type MapElsewhere = (work: MappingWork, place: { workspaceId: string; signal: AbortSignal }) => Promise<MappingResult>;

/** How mappings share the thread with everybody else. */
export interface Patience {
  turn: Turn;
  /** Lets others have their turn, then goes on: in a turn that nobody has used up yet, where there is one soon. */
  rest(): Promise<void>;
  /**
   * Does again what a turn was too short for: in the next one, and where it is too long for any, elsewhere.
   * @throws what ends the whole run.
   */
  later(over: TurnIsOver, place: { workspaceId: string; signal: AbortSignal }): Promise<MappedLater>;
}

/** @param elsewhere - absent: what is too long for a turn is done here, and others wait. */
export function createPatience(elsewhere?: MapElsewhere): Patience {
  const turn = new Turn(maxTurnMs, (renew) => void setImmediate(renew));
  return {
    turn,
    async rest() {
      for (let tries = 0; tries < maxTries; tries += 1) {
        await nextTurn();
        if (!turn.isOver(performance.now())) return;
      }
    },
    async later(over, place) {
      let last = over;
      // Others may have used up the turn that it was tried in.
      for (let tries = 0; !last.isLong && tries < maxTries; tries += 1) {
        await nextTurn();
        place.signal.throwIfAborted();
        const result = tryAgain(last);
        if (!(result instanceof TurnIsOver)) return result;
        last = result;
      }
      const { work, again } = workOf(last);
      const context = plainContext(work.context);
      try {
        if (elsewhere) return await elsewhere({ ...work, scope: readBy(work), context }, place);
        await nextTurn();
        return again(context);
      } catch (error) {
        place.signal.throwIfAborted();
        if (isInterruption(error) || !(error instanceof Error)) throw error;
        return error;
      }
    },
  };
}

function tryAgain(over: TurnIsOver): MappedLater {
  const { work, again } = workOf(over);
  try {
    return again(work.context);
  } catch (error) {
    // An expression throws what a mapping says of its rules.
    if (error instanceof Error) return error;
    throw error;
  }
}

/** @throws the end of a turn itself where nobody said what was being done. */
function workOf(over: TurnIsOver): { work: MappingWork; again: (context: MappingContext) => MappingResult } {
  const { work, again } = over;
  if (!work || !again) throw over;
  return { work, again };
}

/** Of what its paths may start with, what they start with. */
function readBy({ document, scope }: MappingWork): MappingWork['scope'] {
  const roots = new Set(references(document).map(([root]) => root));
  return Object.fromEntries(Object.entries(scope).filter(([name]) => roots.has(name)));
}

/** Without what belongs to this thread. */
const plainContext = ({ now, seed, timezone, limits }: MappingContext): MappingContext => ({ now, seed, timezone, limits });
