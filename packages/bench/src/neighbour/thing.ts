import type { Member } from './installation.ts';

/** Something bad that one member does to everybody, again and again. */
export interface BadThing {
  title: string;
  /** What is there before it begins. @returns how to do it once; whatever it answers is right. */
  prepare(member: Member): Promise<(signal: AbortSignal) => Promise<unknown>>;
  /** How many times at once. Default 2. */
  atOnce?: number;
  /** What is to be cleaned up when it is over: servers and the like. */
  end?(): Promise<void>;
}
