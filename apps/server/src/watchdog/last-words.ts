import type { Logger } from 'pino';
import { redactText } from '../redact/redact.ts';
import type { LastStep } from './shared-record.ts';
import { takeUnforeseenEnd, type UnforeseenEnd, writeUnforeseenEnd } from './unforeseen-end.ts';

export interface LastWordsParts {
  log: Logger;
  endFile: string;
  lastStep: LastStep | undefined;
  /** What is being done beside runs. */
  underWay: string[];
  /** Brings the journal to the disk. */
  save(): void;
}

/**
 * After an error that nobody caught: the journal first, then the reason, for the log and for the next process. Nothing else of the program
 * runs meanwhile, whose state nobody knows.
 */
export function leaveBehind({ log, endFile, lastStep, underWay, save }: LastWordsParts, error: unknown): void {
  try {
    save();
  } catch (unsaved) {
    log.fatal({ err: unsaved }, 'the journal could not be written; what was acknowledged is on the disk');
  }
  log.fatal({ err: error, ...lastStep, underWay }, 'an error that nobody caught ends the process; the step is the one that began last');
  const details = redactText(error instanceof Error ? (error.stack ?? error.message) : String(error));
  writeUnforeseenEnd(endFile, { how: 'threw', at: new Date().toISOString(), lastStep, details });
}

/** Of the process before this one, where it ended without stopping and could still say so. */
export function tellOfEarlierEnd(log: Logger, endFile: string): void {
  const end = takeUnforeseenEnd(endFile);
  if (!end) return;
  const { how, lastStep, ...rest } = end;
  log.error({ ...rest, ...lastStep }, saidOf[how]);
}

const saidOf: Record<UnforeseenEnd['how'], string> = {
  froze: 'the process before this one did not answer any more, so its watchdog ended it; the step is the one that began last',
  threw: 'the process before this one ended by an error that nobody caught; the step is the one that began last',
};
