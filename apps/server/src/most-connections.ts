import { readFileSync } from 'node:fs';

/** Each takes some tens of kilobytes. */
const mostInAll = 5_000;
/** For files, databases, child processes and calls to others, whatever the limit is. */
const minRest = 128;

const unknownLimit = 1_000_000;

/** How many connections may be open at once: three quarters of what the system lets this process open, and 5,000 at most. */
export function mostConnections(openFiles = openFilesLimit()): number {
  return Math.max(16, Math.min(mostInAll, openFiles - Math.max(minRest, Math.floor(openFiles / 4))));
}

/** Linux says it in a file; elsewhere Node has raised the limit as far as it goes. */
function openFilesLimit(): number {
  try {
    const [, soft] = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return soft === undefined ? unknownLimit : Number(soft);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES')) return unknownLimit;
    throw error;
  }
}
