import { type ChildProcess, spawn } from 'node:child_process';
import { constants, getPriority, setPriority } from 'node:os';
import type { GuestMessage, HostMessage } from '../protocol.ts';
import { guestCommand, type GuestPlace } from './limits.ts';

/** Behind the server, whatever there is to do: so much nicer than it is. */
const niceness = 10;

/** A process that does one call at a time for one workspace. */
export interface GuestProcess {
  pid: number | undefined;
  /** False when it is not there any more; the call that waits for it hears of that by `ended`. */
  isAlive(): boolean;
  send(message: HostMessage): void;
  /** Who hears what it says; one at a time. */
  listen(hear: (message: GuestMessage) => void, ended: (end: GuestEnd) => void): void;
  /** Nobody listens: it does not keep the host from ending. */
  rest(): void;
  kill(): void;
}

export interface GuestEnd {
  /** It was killed by the system or by V8 for the memory it took. */
  byMemory: boolean;
  /** It never ran: there was no place for another process. */
  notStarted?: Error;
}

export function startGuest(place: GuestPlace): GuestProcess {
  const { command, args } = guestCommand(place);
  const child = spawn(command, args, { env: environment(), stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'advanced', windowsHide: true });
  let end: GuestEnd | undefined;
  let hear: ((message: GuestMessage) => void) | undefined;
  let ended: ((end: GuestEnd) => void) | undefined;
  const over = (how: GuestEnd) => {
    if (end) return;
    end = how;
    ended?.(how);
  };
  // Of a program of ours, over a channel that nobody else has.
  child.on('message', (message) => hear?.(message as GuestMessage));
  child.once('exit', (code, signal) => over({ byMemory: isByMemory(code, signal) }));
  child.on('error', (error) => {
    if (child.pid === undefined) over({ byMemory: false, notStarted: error });
    // A channel that is gone is told by the exit, which follows.
    else child.kill('SIGKILL');
  });
  lowerPriority(child);
  return {
    pid: child.pid,
    isAlive: () => !end && child.connected,
    // What cannot be sent is told by the exit.
    send: (message) => void child.send(message, () => undefined),
    listen(onMessage, onEnd) {
      hear = onMessage;
      ended = onEnd;
      child.ref();
      child.channel?.ref();
      if (end) onEnd(end);
    },
    rest() {
      hear = undefined;
      ended = undefined;
      child.unref();
      child.channel?.unref();
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

/** Nothing of the host's but its time zone, by which some old cursors are read. */
const environment = (): NodeJS.ProcessEnv => (process.env['TZ'] === undefined ? {} : { TZ: process.env['TZ'] });

/** V8 ends itself by SIGABRT or SIGTRAP; its exit code where a shell stood between. */
const isByMemory = (code: number | null, signal: NodeJS.Signals | null): boolean =>
  signal === 'SIGABRT' || signal === 'SIGTRAP' || signal === 'SIGILL' || signal === 'SIGSEGV' || code === 134 || code === 133;

function lowerPriority({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, Math.min(constants.priority.PRIORITY_LOW, getPriority() + niceness));
  } catch (error) {
    // It ended before it had a priority.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SYSTEM_ERROR') throw error;
  }
}
