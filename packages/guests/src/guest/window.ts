import { maxAhead } from '../protocol.ts';

/** Lets so many batches through as the host is ready to hold. */
export interface Window {
  /** Resolves when another batch may be given. @returns false when the call is over. */
  room(): Promise<boolean>;
  /** The host has taken one. */
  open(): void;
  /** Nobody takes any more. */
  close(): void;
}

export function createWindow(): Window {
  let free = maxAhead;
  let isClosed = false;
  let wake: (() => void) | undefined;
  return {
    async room() {
      while (free === 0 && !isClosed) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      free -= 1;
      return !isClosed;
    },
    open() {
      free += 1;
      wake?.();
    },
    close() {
      isClosed = true;
      wake?.();
    },
  };
}
