/** One look of the watchdog. */
export interface Look {
  /** Of the event loop, so far. */
  beats: number;
  /** A clock that never goes back, milliseconds. */
  at: number;
  /** Processor time of the whole process, milliseconds. */
  cpuMs: number;
}

/**
 * Tells a frozen event loop from a process that was paused, sleeps, or gets no processor. What the watchdog itself has missed counts for
 * nothing: a machine that was asleep and a process that was stopped keep both of them still. A loop that computes is frozen after `freezeMs`
 * without a beat; one that waits, for a lock or a person at a breakpoint, after six times as long.
 * @returns how long it has been silent, milliseconds, once it counts as frozen.
 */
export function createSilence({ freezeMs, lookMs }: { freezeMs: number; lookMs: number }): (look: Look) => number | undefined {
  let last: Look | undefined;
  let silentMs = 0;
  let busyMs = 0;
  return (look) => {
    const before = last;
    last = look;
    if (before === undefined) return undefined;
    if (look.beats !== before.beats) {
      silentMs = 0;
      busyMs = 0;
      return undefined;
    }
    const seenMs = Math.min(look.at - before.at, 2 * lookMs);
    silentMs += seenMs;
    busyMs += Math.min(look.cpuMs - before.cpuMs, seenMs);
    const isFrozen = silentMs >= freezeMs * waitingFactor || (silentMs >= freezeMs && busyMs >= silentMs / 2);
    return isFrozen ? Math.round(silentMs) : undefined;
  };
}

const waitingFactor = 6;
