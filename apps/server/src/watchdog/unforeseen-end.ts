import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import type { LastStep } from './shared-record.ts';

/** How a process ended that did not stop by itself, left behind for the next one. */
export interface UnforeseenEnd {
  /** `froze`: its watchdog ended it. `threw`: an error that nobody caught. */
  how: 'froze' | 'threw';
  /** UTC, ISO 8601. */
  at: string;
  /** Began last; with many at a time not always the one that it was. */
  lastStep?: LastStep;
  /** `froze`: how long it was silent. */
  silentMs?: number;
  /** What it was doing, function by function, or the error. */
  details: string;
}

/** On the disk when it returns. */
export function writeUnforeseenEnd(path: string, end: UnforeseenEnd): void {
  const file = openSync(path, 'w', 0o600);
  try {
    writeSync(file, JSON.stringify(end));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Reads it once. @returns undefined where the process before this one has left nothing, or nothing whole. */
export function takeUnforeseenEnd(path: string): UnforeseenEnd | undefined {
  try {
    // Written above.
    return JSON.parse(readFileSync(path, 'utf8')) as UnforeseenEnd;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  } finally {
    rmSync(path, { force: true });
  }
}
