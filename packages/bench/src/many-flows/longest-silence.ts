import { setTimeout as pause } from 'node:timers/promises';

/** Asks the server again and again whether it is well. @returns what ends it and gives the longest wait for an answer, milliseconds. */
export function longestSilence(url: string): { stop(): Promise<number> } {
  let longest = 0;
  let ended = false;
  const asking = (async () => {
    while (!ended) {
      const begin = performance.now();
      await (await fetch(`${url}/api/health`)).arrayBuffer();
      longest = Math.max(longest, performance.now() - begin);
      await pause(5);
    }
  })();
  return {
    async stop() {
      ended = true;
      await asking;
      return longest;
    },
  };
}
