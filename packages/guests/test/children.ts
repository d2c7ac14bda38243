import { existsSync, readFileSync, readlinkSync, readdirSync } from 'node:fs';

/** Whether this machine tells which processes a process has started. */
export const tellsChildren = existsSync(`/proc/${process.pid}/task/${process.pid}/children`);

/** The guests of this process. */
export const guestPids = (): number[] =>
  readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')
    .split(' ')
    .filter((pid) => pid !== '' && existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('guest.'))
    .map(Number);

/** What another process has open, without what has no name. */
export const openFiles = (pid: number): string[] => readdirSync(`/proc/${pid}/fd`)
  .map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`))
  .filter((path) => path.startsWith('/') && path !== '/dev/null');

/** One that ended and that nobody has asked about yet is not running. */
export const isRunning = (pid: number): boolean => existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
