import { Refused } from '../refused.ts';

export interface ThrottleOptions {
  /** Failures that are allowed in a window before the wait begins. */
  allowed: number;
  windowMs: number;
  /** Milliseconds since the epoch. Default Date.now. */
  now?: () => number;
}

export interface Throttle {
  /** Counts a try before its outcome is known, so that many at once cannot all slip through. @throws {Refused} 429 */
  take(key: string): void;
  /** The try was good: it does not count. */
  giveBack(key: string): void;
}

const maxKeys = 10_000;

/** How often something may fail under one key (an e-mail address, a caller's address). In memory: a restart forgives. */
export function createThrottle({ allowed, windowMs, now = Date.now }: ThrottleOptions): Throttle {
  const counts = new Map<string, { taken: number; until: number }>();
  return {
    take(key) {
      const at = now();
      const known = counts.get(key);
      const count = known && known.until > at ? known : { taken: 0, until: at + windowMs };
      if (count.taken >= allowed) {
        const seconds = Math.ceil((count.until - at) / 1000);
        throw new Refused(429, 'auth.throttled', `Too many tries. Wait ${inWords(seconds)}, then try again.`, {
          headers: { 'retry-after': String(seconds) },
        });
      }
      count.taken += 1;
      counts.delete(key);
      counts.set(key, count);
      // The oldest entries go first, so a flood of made-up addresses cannot fill the memory.
      for (const oldest of counts.keys()) {
        if (counts.size <= maxKeys) break;
        counts.delete(oldest);
      }
    },
    giveBack(key) {
      const count = counts.get(key);
      if (count) count.taken -= 1;
    },
  };
}

const inWords = (seconds: number): string => (seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`);
