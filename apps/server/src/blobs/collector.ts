import type { Logger } from 'pino';
import type { LargeValues } from './large-values.ts';

/** Takes away, a few at a time, the files of values that no run names any more. */
export interface BlobCollector {
  open(): void;
  close(): void;
}

const everyMs = 60_000;

export function createBlobCollector(large: Pick<LargeValues, 'collect'>, log: Logger): BlobCollector {
  let timer: NodeJS.Timeout | undefined;

  function collect(): void {
    try {
      large.collect(Date.now());
    } catch (error) {
      log.error({ err: error }, 'values that are no longer needed could not be taken away; trying again');
    }
  }

  return {
    open() {
      timer = setInterval(collect, everyMs).unref();
    },
    close: () => clearInterval(timer),
  };
}
