import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a guest reads is given in batches, so that more is a sign of something that does not end. */
const usualHeapMb = 128;
/** A small one costs little to start with, and a guest's garbage is young. */
const youngMb = 8;
/** All memory that a process may write to, KB: 500 MB and what Node itself sets aside at its start, of which it uses little. */
const dataKb = 1_700_000;

/**
 * The limits that Node itself cannot set. The text is a constant: what differs from call to call is handed to the shell as arguments, which
 * it only hands on. No cores: they would hold what the guest was lent.
 */
const withLimits = `ulimit -c 0; ulimit -d ${dataKb}; exec "$0" "$@"`;

export interface GuestPlace {
  /** A file of JavaScript, or of TypeScript that Node can read, that calls `serveGuest`. */
  program: string;
  /** What its code may look at. Absent: nothing. */
  folder?: string;
  /** Of V8, MB. Default 128. */
  heapMb?: number;
}

export interface CommandLine {
  command: string;
  args: string[];
}

/**
 * How a guest is started: with a small heap, few threads, and Node's own guard, which lets its JavaScript read nothing but the program and
 * the folder of its workspace, and write nothing at all. Threads are for the one that watches its host, addons for SQLite.
 */
export function guestCommand({ program, folder, heapMb = usualHeapMb }: GuestPlace): CommandLine {
  const path = realpathSync(program);
  const node = [
    `--max-old-space-size=${heapMb}`,
    `--max-semi-space-size=${youngMb}`,
    '--v8-pool-size=1',
    '--permission',
    ...readable(rootOf(path)),
    ...(folder === undefined ? [] : readable(folder)),
    '--allow-addons',
    '--allow-worker',
    path,
  ];
  if (process.platform === 'win32') return { command: process.execPath, args: node };
  return { command: '/bin/sh', args: ['-c', withLimits, process.execPath, ...node] };
}

/** A folder that is not there yet is no folder for Node: what will be in it is named as well. */
const readable = (folder: string): string[] => [`--allow-fs-read=${folder}`, `--allow-fs-read=${join(folder, '*')}`];

/** The topmost folder above a program that has packages in it: what the program is made of lies below. */
function rootOf(path: string): string {
  let root = dirname(path);
  for (let folder = root; folder !== dirname(folder); folder = dirname(folder)) if (existsSync(join(folder, 'node_modules'))) root = folder;
  return root;
}
