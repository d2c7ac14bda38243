import { type Json, maxPatternWork } from '@weft/json-schema';
import { MappingFault } from './fault.ts';
import { say } from './sentences.en.ts';
import { Turn, TurnIsOver } from './turn.ts';

/** A value while it is being mapped: undefined means missing, which is not the same as null. */
export type Value = Json | undefined;

export interface MappingLimits {
  /** Items of one list, read or made. Default 100_000. */
  maxItems: number;
  /** UTF-16 units of one text that a function makes. Default 1_000_000. */
  maxTextLength: number;
  /** Items of all lists that one run makes. Default 1_000_000. */
  maxItemsOfRun: number;
  /** For one run, milliseconds, checked in loops and before every function that looks through a list or a long text. Default 5_000. */
  deadlineMs: number;
}

/** What a mapping may know beside its sources. The same context and sources give the same result. */
export interface MappingContext {
  now: Date;
  /** Where `uuid` comes from: the same seed gives the same ids, so a retried step sends them again. */
  seed: string;
  /** IANA name for functions that need a zone, where the document has none. */
  timezone?: string;
  limits?: Partial<MappingLimits>;
  /** Shared by what runs in the same thread. Absent: there is nobody else. */
  turn?: Turn;
  /** Whoever evaluates an expression does it again where its turn is over, as with mappings. Default: it goes on, and has less time. */
  mayBeginAnew?: boolean;
}

export const defaultLimits: MappingLimits = { maxItems: 100_000, maxTextLength: 1_000_000, maxItemsOfRun: 1_000_000, deadlineMs: 5_000 };

/** Texts that functions make in one run, together: many allowed texts must not add up to a full memory. */
const maxTextOfRun = 64_000_000;
/** What a mapping may take of a shared turn, milliseconds, and what one may that took longer not long ago: it is not tried out for so long again. */
export const patienceMs = { usual: 10, known: 2 };
/** What an expression may take where others wait and it cannot be begun anew. */
const expressionMs = 250;
/** Steps of a pattern that a shared turn has room for, and that an expression may take there: some 10 and 80 ms. */
const maxStepsOfTurn = 500_000;
const maxStepsOfExpression = 4_000_000;
/** So many of them take about as long as one item of a loop. */
const stepsOfTick = 128;
/** So many characters to be looked through take about as long as one item of a loop. */
const charactersOfTick = 256;

/** The state of one run. Loops keep their current item and index in a slot for each level. */
export class Run {
  readonly scope: Readonly<Record<string, Value>>;
  readonly now: Date;
  readonly timezone: string | undefined;
  readonly limits: MappingLimits;
  /** Values that several paths go through, read once for a run. */
  readonly bases: Value[] = [];
  readonly items: Value[] = [];
  readonly indexes: number[] = [];
  uuids = 0;
  private readonly context: MappingContext;
  private readonly turn: Turn;
  private readonly beginsAnew: boolean;
  private readonly deadlineMs: number;
  private textMade = 0;
  private itemsMade = 0;
  /** When it first looked at the clock. A run that finds out what was wrong with another one goes on with its time. */
  beganAt = 0;
  /** Of a shared turn, milliseconds. */
  patienceMs = patienceMs.usual;

  /** @param beginsAnew - whoever runs it does so again where the turn is over; an expression goes on, and has less time. */
  constructor(scope: Readonly<Record<string, Value>>, context: MappingContext, bases: readonly Evaluate[] = [], timezone?: string, beginsAnew = true) {
    this.scope = scope;
    this.now = context.now;
    this.context = context;
    this.timezone = timezone ?? context.timezone;
    this.limits = context.limits ? { ...defaultLimits, ...context.limits } : defaultLimits;
    this.turn = context.turn ?? new Turn();
    this.beginsAnew = beginsAnew;
    this.deadlineMs = !beginsAnew && context.turn ? Math.min(expressionMs, this.limits.deadlineMs) : this.limits.deadlineMs;
    for (let index = 0; index < bases.length; index += 1) this.bases.push(bases[index]?.(this));
  }

  /** Needed by few mappings, so it may be a lazy getter. */
  get seed(): string {
    return this.context.seed;
  }

  /** Called once for each item of a loop, and with what else takes as long. */
  tick(ticks = 1): void {
    if (this.turn.spend(ticks)) this.look();
  }

  /**
   * Before work that cannot be interrupted.
   * @param steps - how much, in steps of a pattern.
   * @returns false where it is too much for whoever waits; a mapping is done elsewhere before it comes to that.
   */
  mayWork(steps: number): boolean {
    if (steps > this.maxSteps) return false;
    if (this.context.turn && this.beginsAnew && steps > maxStepsOfTurn) throw new TurnIsOver(true);
    this.tick(1 + steps / stepsOfTick);
    return true;
  }

  /** Of one pattern. */
  get maxSteps(): number {
    return this.context.turn && !this.beginsAnew ? maxStepsOfExpression : maxPatternWork;
  }

  private look(): void {
    const now = performance.now();
    if (this.beganAt === 0) this.beganAt = now;
    const ownMs = now - this.beganAt;
    if (ownMs > this.deadlineMs) throw new MappingFault('deadline', say('mapping.limit.time', { limitMs: this.deadlineMs }));
    if (!this.context.turn || !this.beginsAnew) return;
    if (ownMs > this.patienceMs) throw new TurnIsOver(true);
    if (this.turn.isOver(now)) throw new TurnIsOver(false);
  }

  /** Refuses a list that is too long to be worked through. */
  list(items: Json[]): Json[] {
    if (items.length > this.limits.maxItems) {
      throw new MappingFault('too_many_items', say('mapping.limit.items', { items: items.length, max: this.limits.maxItems }));
    }
    this.tick(items.length);
    return items;
  }

  /** Refuses more items of lists than a run may make: many allowed lists must not add up to a full memory. */
  made(items: number): void {
    this.itemsMade += items;
    if (this.itemsMade > this.limits.maxItemsOfRun) {
      throw new MappingFault('too_many_items', say('mapping.limit.itemsMade', { max: this.limits.maxItemsOfRun }));
    }
  }

  /** Refuses a text that has grown too long; every function that can make a text longer passes it through here. */
  text(made: string): string {
    this.reserveText(made.length);
    return made;
  }

  /** The same before the text is made, for functions that know its length. */
  reserveText(length: number): void {
    this.textMade += length;
    if (length > charactersOfTick) this.tick(length / charactersOfTick);
    if (length > this.limits.maxTextLength) {
      throw new MappingFault('text_too_long', say('mapping.limit.text', { length, max: this.limits.maxTextLength }));
    }
    if (this.textMade > maxTextOfRun) throw new MappingFault('text_too_long', say('mapping.limit.textMade', { max: maxTextOfRun }));
  }
}

/** How an expression runs once it is compiled. */
export type Evaluate = (run: Run) => Value;
