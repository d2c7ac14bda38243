import type { Json } from '@weft/json-schema';
import { MappingFault } from './fault.ts';
import { say } from './sentences.en.ts';

/** A value while it is being mapped: undefined means missing, which is not the same as null. */
export type Value = Json | undefined;

export interface MappingLimits {
  /** Items of one list, read or made. Default 100_000. */
  maxItems: number;
  /** UTF-16 units of one text that a function makes. Default 1_000_000. */
  maxTextLength: number;
  /** For one run, milliseconds, checked in loops. Default 5_000. */
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
}

export const defaultLimits: MappingLimits = { maxItems: 100_000, maxTextLength: 1_000_000, deadlineMs: 5_000 };

/** Texts that functions make in one run, together: many allowed texts must not add up to a full memory. */
const maxTextOfRun = 64_000_000;
const ticksBetweenClockReadings = 512;

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
  private ticks = 0;
  private textMade = 0;
  private endsAt = 0;

  constructor(scope: Readonly<Record<string, Value>>, context: MappingContext, bases: readonly Evaluate[] = [], timezone?: string) {
    this.scope = scope;
    this.now = context.now;
    this.context = context;
    this.timezone = timezone ?? context.timezone;
    this.limits = context.limits ? { ...defaultLimits, ...context.limits } : defaultLimits;
    for (let index = 0; index < bases.length; index += 1) this.bases.push(bases[index]?.(this));
  }

  /** Needed by few mappings, so it may be a lazy getter. */
  get seed(): string {
    return this.context.seed;
  }

  /** Called once for each turn of a loop. */
  tick(): void {
    this.ticks += 1;
    if (this.ticks % ticksBetweenClockReadings !== 0) return;
    const now = performance.now();
    if (this.endsAt === 0) this.endsAt = now + this.limits.deadlineMs;
    if (now > this.endsAt) {
      throw new MappingFault('deadline', say('mapping.limit.time', { limitMs: this.limits.deadlineMs }));
    }
  }

  /** Refuses a list that is too long to be worked through. */
  list(items: Json[]): Json[] {
    if (items.length > this.limits.maxItems) {
      throw new MappingFault('too_many_items', say('mapping.limit.items', { items: items.length, max: this.limits.maxItems }));
    }
    return items;
  }

  /** Refuses a text that has grown too long; every function that can make a text longer passes it through here. */
  text(made: string): string {
    this.reserveText(made.length);
    return made;
  }

  /** The same before the text is made, for functions that know its length. */
  reserveText(length: number): void {
    this.textMade += length;
    if (length > this.limits.maxTextLength || this.textMade > maxTextOfRun) {
      throw new MappingFault('text_too_long', say('mapping.limit.text', { length, max: this.limits.maxTextLength }));
    }
  }
}

/** How an expression runs once it is compiled. */
export type Evaluate = (run: Run) => Value;
