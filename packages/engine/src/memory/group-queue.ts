/**
 * Writes that wait for the same commit. One setImmediate flushes them all, as a database with group commit would, so
 * callers meet the same order and the same waiting in memory as on disk. One that throws fails alone.
 */
export interface GroupQueue {
  write<T>(work: () => T): Promise<T>;
  settled(): Promise<void>;
}

export function createGroupQueue(): GroupQueue {
  let waiting: (() => void)[] = [];
  let flushed: Promise<void> = Promise.resolve();

  function flush(): void {
    const group = waiting;
    waiting = [];
    for (const write of group) write();
  }

  return {
    write: <T>(work: () => T) =>
      new Promise<T>((resolve, reject) => {
        waiting.push(() => {
          try {
            resolve(work());
          } catch (error) {
            reject(error);
          }
        });
        if (waiting.length > 1) return;
        flushed = new Promise((done) => {
          setImmediate(() => {
            flush();
            done();
          });
        });
      }),
    settled: () => flushed,
  };
}
