import { errorOf } from '../failure.ts';
import type { GuestMessage, HostMessage, Lent } from '../protocol.ts';

type Answer = Extract<HostMessage, { type: 'lent' | 'refused' }>;

/** What the host lends, as functions that ask it. */
export function createAsking(send: (message: GuestMessage) => void): { lent: Lent; hear(answer: Answer): void } {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let last = 0;
  const ask = <K extends keyof Lent>(what: K) =>
    ((...args: unknown[]) =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve, reject });
        send({ type: 'ask', id: last, what, args });
      })) as Lent[K]; // The host answers by the function of that name.
  return {
    lent: {
      resolve: ask('resolve'),
      request: ask('request'),
      list: ask('list'),
      readFile: ask('readFile'),
      writeFile: ask('writeFile'),
      putFile: ask('putFile'),
      keepFile: ask('keepFile'),
      database: ask('database'),
    },
    hear(answer) {
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (answer.type === 'lent') asked?.resolve(answer.value);
      else asked?.reject(errorOf(answer.failure));
    },
  };
}
