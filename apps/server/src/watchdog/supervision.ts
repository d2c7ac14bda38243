import { kill, pid } from 'node:process';

/** A server that nobody supervises may keep nobody waiting who wants to start it anew. */
const orphanMs = 2_000;

/** Whether that process is this one's parent, or, where something else stands between the two, still there. */
export function isSupervisedBy(supervisor: number): boolean {
  if (process.ppid === supervisor) return true;
  try {
    return kill(supervisor, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Ends this process as a signal does, and at once when it does not hear it. */
export function leave(): void {
  kill(pid, 'SIGTERM');
  setTimeout(() => kill(pid, 'SIGKILL'), orphanMs);
}
