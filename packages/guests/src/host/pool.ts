/**
 * The guests of one kind. Starting one takes longer than most calls, so one that has answered is kept for the next call.
 *
 * 1. A guest serves one workspace in all its life: what a call leaves behind in its process reaches nobody else.
 * 2. A call that asks for a guest and waits holds none: it always gets its turn. Of `maxCalls` one workspace has at most half.
 * 3. A stream holds its guest as long as the loop takes, and the loop may need another stream's: whoever waited for `patienceMs` gets one
 *    though there are `maxStreams`, so that streams cannot wait for each other for ever.
 */
import type { GuestProcess } from './guest-process.ts';

export interface PoolOptions {
  start(workspaceId: string): GuestProcess;
  /** Calls at once; more wait their turn. Default 8. */
  maxCalls?: number;
  /** Streams at once, apart from calls. Default 8. */
  maxStreams?: number;
  /** A stream that waited for so long is not kept waiting, milliseconds. Default 5_000. */
  patienceMs?: number;
  /** An idle guest ends after so long, milliseconds. Default 30_000. */
  keptMs?: number;
}

/** A guest that is one call's own until it is given back. */
export interface Lease {
  guest: GuestProcess;
  /** `true` when it has ended its call and may serve the next; otherwise it is killed. */
  giveBack(isSound: boolean): void;
}

export interface Wish {
  workspaceId: string;
  kind: 'call' | 'stream';
  signal: AbortSignal;
}

export interface Pool {
  /** @throws what `signal` was aborted with, while it waited. */
  borrow(wish: Wish): Promise<Lease>;
  /** Ends all guests. */
  close(): void;
}

interface Idle {
  workspaceId: string;
  guest: GuestProcess;
  end: NodeJS.Timeout;
}

interface Waiter {
  wish: Wish;
  go(): void;
}

export function createPool({ start, maxCalls = 8, maxStreams = 8, patienceMs = 5_000, keptMs = 30_000 }: PoolOptions): Pool {
  const running = new Set<{ wish: Wish; guest: GuestProcess }>();
  const waiting: Waiter[] = [];
  let idle: Idle[] = [];

  const count = (kind: Wish['kind'], workspaceId?: string): number =>
    [...running].filter(({ wish }) => wish.kind === kind && (workspaceId === undefined || wish.workspaceId === workspaceId)).length;

  function mayGo({ kind, workspaceId }: Wish): boolean {
    if (kind === 'stream') return count('stream') < maxStreams;
    return count('call') < maxCalls && count('call', workspaceId) < Math.ceil(maxCalls / 2);
  }

  function drop(entry: Idle): void {
    clearTimeout(entry.end);
    idle = idle.filter((other) => other !== entry);
    entry.guest.kill();
  }

  /** The latest one, which is the likeliest to have kept what it needs. */
  function keptFor(workspaceId: string): GuestProcess | undefined {
    for (const entry of idle.toReversed()) {
      if (entry.workspaceId !== workspaceId) continue;
      clearTimeout(entry.end);
      idle = idle.filter((other) => other !== entry);
      if (entry.guest.isAlive()) return entry.guest;
    }
    return undefined;
  }

  function lend(wish: Wish): Lease {
    let guest = keptFor(wish.workspaceId);
    if (!guest) {
      // Idle ones of others make room.
      if (idle[0] && running.size + idle.length >= maxCalls) drop(idle[0]);
      guest = start(wish.workspaceId);
    }
    const entry = { wish, guest };
    running.add(entry);
    let isBack = false;
    return {
      guest,
      giveBack(isSound) {
        if (isBack) return;
        isBack = true;
        running.delete(entry);
        if (isSound && guest.isAlive()) keep(wish.workspaceId, guest);
        else guest.kill();
        next();
      },
    };
  }

  function keep(workspaceId: string, guest: GuestProcess): void {
    guest.rest();
    const entry: Idle = { workspaceId, guest, end: setTimeout(() => drop(entry), keptMs).unref() };
    idle.push(entry);
  }

  function next(): void {
    for (const waiter of waiting.slice()) if (mayGo(waiter.wish)) waiter.go();
  }

  return {
    async borrow(wish) {
      wish.signal.throwIfAborted();
      if (mayGo(wish)) return lend(wish);
      return new Promise((resolve, reject) => {
        const leave = () => {
          clearTimeout(patience);
          wish.signal.removeEventListener('abort', giveUp);
          waiting.splice(waiting.indexOf(waiter), 1);
        };
        const waiter: Waiter = {
          wish,
          go() {
            leave();
            resolve(lend(wish));
          },
        };
        const giveUp = () => {
          leave();
          reject(wish.signal.reason);
        };
        const patience = wish.kind === 'stream' ? setTimeout(() => waiter.go(), patienceMs) : undefined;
        wish.signal.addEventListener('abort', giveUp, { once: true });
        waiting.push(waiter);
      });
    },
    close() {
      for (const entry of idle) drop(entry);
      for (const { guest } of running) guest.kill();
    },
  };
}
