/** A thread of its own: looks at the event loop twice a second, and ends the process when it is frozen or nobody supervises it any more. */
import { writeSync } from 'node:fs';
import { kill, pid } from 'node:process';
import { workerData } from 'node:worker_threads';
import { readSharedRecord } from './shared-record.ts';
import { createSilence } from './silence.ts';
import { stackOfMainThread } from './stack-of-main-thread.ts';
import { isSupervisedBy, leave } from './supervision.ts';
import { writeUnforeseenEnd } from './unforeseen-end.ts';
import type { Watched } from './watchdog.ts';

// What startWatchdog starts the thread with.
const { memory, endFile, lookMs, freezeMs, supervisor } = workerData as Watched;
const record = readSharedRecord(memory);
const silence = createSilence({ freezeMs, lookMs });

const looking = setInterval(() => {
  if (supervisor !== undefined && !isSupervisedBy(supervisor)) {
    clearInterval(looking);
    return leave();
  }
  const { user, system } = process.cpuUsage();
  const silentMs = silence({ beats: record.beats(), at: performance.now(), cpuMs: (user + system) / 1_000 });
  if (silentMs !== undefined) void endFrozen(silentMs);
}, lookMs);

async function endFrozen(silentMs: number): Promise<void> {
  clearInterval(looking);
  const lastStep = record.lastStep();
  const seconds = Math.round(silentMs / 1_000);
  try {
    writeUnforeseenEnd(endFile, { how: 'froze', at: new Date().toISOString(), lastStep, silentMs, details: await stackOfMainThread() });
    // Not by the thread's own stream, which asks the event loop to pass it on.
    writeSync(process.stderr.fd, `\n  Weft has not answered for ${seconds} seconds and is ended by its watchdog.\n`);
  } finally {
    // Nothing that asks the event loop first would end it.
    kill(pid, 'SIGKILL');
  }
}
