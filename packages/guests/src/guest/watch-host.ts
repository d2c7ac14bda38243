import { Worker, workerData } from 'node:worker_threads';

const everyMs = 1_000;

/** A host that is killed cannot end its guests, and one that is busy with a query does not hear of it: a thread looks after it. */
export function watchHost(program: string): void {
  new Worker(new URL(program), {
    workerData: process.ppid,
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 },
  }).unref();
}

/** What the thread does. */
export function endWithHost(): void {
  setInterval(() => process.ppid === workerData || process.kill(process.pid, 'SIGKILL'), everyMs);
}
