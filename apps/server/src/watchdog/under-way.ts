import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';

/**
 * What is being done now that the process may die of, in a file, so that the next one knows it however this one ended. Written without a
 * sync: what a process has handed to the system is there when it is killed, and a power cut is not its fault.
 */
export interface UnderWay {
  /** What an earlier process was doing when it ended without stopping. */
  readonly leftOver: readonly string[];
  /** @param what - names it, 500 bytes at most. @returns what takes it out again. */
  begin(what: string): () => void;
  /** What is in the file now. */
  now(): string[];
  /** From now on nothing counts any more: the process is stopping. */
  close(): void;
}

/** A place in the file for each thing at a time; one that begins with a zero is free. */
const slotBytes = 512;
const free = Buffer.alloc(1);

/** @param failed - told, once, when the file cannot be written: what is begun then is not known to the next process. */
export function openUnderWay(path: string, failed: (error: unknown) => void): UnderWay {
  const leftOver = readUnderWay(path);
  let file: number | undefined = openSync(path, 'w', 0o600);
  const slots: (string | undefined)[] = [];
  const slot = Buffer.alloc(slotBytes);

  function write(bytes: Buffer, at: number): void {
    if (file === undefined) return;
    try {
      writeSync(file, bytes, 0, bytes.length, at * slotBytes);
    } catch (error) {
      // The work itself does not depend on it: a full disk has sentences of its own.
      const last = file;
      file = undefined;
      closeSync(last);
      failed(error);
    }
  }

  return {
    leftOver,
    begin(what) {
      const found = slots.indexOf(undefined);
      const at = found === -1 ? slots.length : found;
      slots[at] = what;
      slot.fill(0).write(what, 0, slotBytes - 1);
      write(slot, at);
      let over = false;
      return () => {
        if (over) return;
        over = true;
        slots[at] = undefined;
        write(free, at);
      };
    },
    now: () => slots.filter((what) => what !== undefined),
    close() {
      if (file === undefined) return;
      ftruncateSync(file);
      closeSync(file);
      file = undefined;
    },
  };
}

/** Of a process that runs, or of one that has ended. */
export function readUnderWay(path: string): string[] {
  try {
    const text = readFileSync(path);
    const starts = Array.from({ length: Math.ceil(text.length / slotBytes) }, (_, at) => at * slotBytes);
    return starts.map((start) => text.toString('utf8', start, start + slotBytes).split('\0', 1)[0] ?? '').filter((what) => what !== '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
