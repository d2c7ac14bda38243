import { Worker } from 'node:worker_threads';
import { createSharedRecord, type LastStep, readSharedRecord, type SharedRecord } from './shared-record.ts';
import { isSupervisedBy, leave } from './supervision.ts';

export interface WatchdogOptions {
  /** A loop that computes may be silent for so long, milliseconds; see `createSilence`. */
  freezeMs: number;
  /** The process that started this one and starts it again; when it is gone, this one ends. Default: none. */
  supervisor?: number;
}

/** What the thread is started with. */
export interface Watched extends WatchdogOptions {
  memory: SharedArrayBuffer;
  endFile: string;
  lookMs: number;
}

export interface Watchdog {
  /** For the engine: a step of a run begins. */
  entering: SharedRecord['entering'];
  /** The step that began last. */
  lastStep(): LastStep | undefined;
  /** Before other work that may freeze: nothing watches an idle server. */
  awake(): void;
  close(): Promise<void>;
}

const lookMs = 500;
const program = new URL(`./watchdog-thread${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

/**
 * Watches the event loop from a thread of this process. When it is frozen, the thread writes what was being done and ends the process, so
 * that a supervisor can start it again: nobody inside could. A thread takes 10 ms of a start and 18 MB, so it comes with the first work; it
 * gets going whatever the event loop does by then.
 * @param endFile - takes the record; see `takeUnforeseenEnd`.
 * @param failed - told when nothing watches any more.
 */
export function startWatchdog(endFile: string, options: WatchdogOptions, failed: (error: unknown) => void): Watchdog {
  const record = createSharedRecord();
  const watched: Watched = { ...options, memory: record.memory, endFile, lookMs };
  let thread: Worker | undefined;
  const awake = (): void => {
    if (thread) return;
    thread = new Worker(program, { workerData: watched, resourceLimits: { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16 } });
    thread.on('error', failed);
    thread.unref();
  };
  const heart = setInterval(() => {
    record.beat();
    // The thread does it from then on.
    if (thread || options.supervisor === undefined || isSupervisedBy(options.supervisor)) return;
    clearInterval(heart);
    leave();
  }, lookMs).unref();
  return {
    entering(runId, stepKey) {
      if (!thread) awake();
      record.entering(runId, stepKey);
    },
    lastStep: readSharedRecord(record.memory).lastStep,
    awake,
    async close() {
      clearInterval(heart);
      await thread?.terminate();
    },
  };
}
