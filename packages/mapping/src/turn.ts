import type { JsonSchema } from '@weft/json-schema';
import type { MappingDocument } from './document.ts';
import type { MappingResult } from './compile-mapping.ts';
import type { MappingContext, Value } from './run.ts';

/** So much of what a mapping does, each about as much as one item of a loop, before the clock is read. */
const ticksBetweenLooks = 64;

/**
 * How long one turn of an event loop may last, shared by all that is mapped in it: many short mappings in a row keep others waiting as one
 * long one does.
 */
export class Turn {
  private readonly maxMs: number;
  private readonly atNext: (renew: () => void) => void;
  private ticks = 0;
  private endsAt = 0;

  /**
   * @param maxMs - milliseconds.
   * @param atNext - calls a function in the event loop's next turn. Absent: this one goes on for ever.
   */
  constructor(maxMs = Number.POSITIVE_INFINITY, atNext: (renew: () => void) => void = () => undefined) {
    this.maxMs = maxMs;
    this.atNext = atNext;
  }

  /** Counts work. @returns whether it is time to look at the clock. */
  spend(ticks: number): boolean {
    this.ticks += ticks;
    if (this.ticks < ticksBetweenLooks) return false;
    this.ticks = 0;
    return true;
  }

  /** Whether it has lasted too long. It begins when it is first looked at. */
  isOver(now: number): boolean {
    if (this.endsAt === 0) {
      this.endsAt = now + this.maxMs;
      this.atNext(() => (this.endsAt = 0));
      return false;
    }
    return now > this.endsAt;
  }
}

/** What a mapping was about to do, so that it can be done somewhere else. */
export interface MappingWork {
  document: MappingDocument;
  target?: JsonSchema;
  scope: Readonly<Record<string, Value>>;
  context: MappingContext;
}

/** The turn of the event loop has lasted too long, by this mapping or by others. Nothing of what it did is left: it begins anew. */
export class TurnIsOver extends Error {
  /** It alone takes so much of a turn that it gets no shorter by waiting for the next one. */
  readonly isLong: boolean;
  /** The compiled mapping or expression that it ends, which sets this and what follows. */
  of: object | undefined;
  work: MappingWork | undefined;
  /** Does the work again, here. @throws {TurnIsOver} again, where the context still has a turn. */
  again: ((context: MappingContext) => MappingResult) | undefined;

  constructor(isLong: boolean) {
    super('The mapping would keep others waiting.');
    this.name = 'TurnIsOver';
    this.isLong = isLong;
  }
}
