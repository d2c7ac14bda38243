/** One timer for all parked runs: it fires when the first of them is due. */
export interface Alarm {
  /** Rings at this time or before, milliseconds since the epoch. */
  atLatest(at: number): void;
  off(): void;
}

/** Looked at anew this often, so that a clock that was set right in between does no harm. */
const maxPauseMs = 5_000;

/** @param ring - called at or after the time asked for, possibly some time before: then whoever rings finds nothing due and sets it again. */
export function createAlarm(ring: () => void, now: () => number): Alarm {
  let timer: NodeJS.Timeout | undefined;
  let ringsAt = Infinity;

  function off(): void {
    clearTimeout(timer);
    timer = undefined;
    ringsAt = Infinity;
  }

  return {
    atLatest(at) {
      const soonest = Math.min(at, now() + maxPauseMs);
      if (soonest >= ringsAt) return;
      off();
      ringsAt = soonest;
      timer = setTimeout(
        () => {
          off();
          ring();
        },
        Math.max(0, soonest - now()),
      );
      // Being due is no reason for a process to stay.
      timer.unref();
    },
    off,
  };
}
