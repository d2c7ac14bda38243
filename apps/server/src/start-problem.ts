import { StartRefused } from './start-refused.ts';
import { codesOf, isDiskFull, isLocked } from './store-trouble.ts';

/** What a start failed with, as a sentence where it is the machine's or another program's doing; anything else as it is. */
export function startProblem(error: unknown, dataFolder: string): unknown {
  if (error instanceof StartRefused) return error;
  if (isDiskFull(error)) return new StartRefused(`The disk of ${dataFolder} is full. Make room there, then start Weft again; nothing was lost.`, { cause: error });
  if (isLocked(error)) {
    return new StartRefused(`Another program holds the database in ${dataFolder}. Close it there, then start Weft again.`, { cause: error });
  }
  const codes = codesOf(error);
  if (codes.some((code) => /^SQLITE_(?:CORRUPT|NOTADB)/.test(code))) {
    return new StartRefused(`The database in ${dataFolder} is damaged. Restore your last backup: npm run restore -- <folder>.`, { cause: error });
  }
  if (codes.some((code) => /^(?:EACCES|EPERM|EROFS|SQLITE_READONLY|SQLITE_CANTOPEN)/.test(code))) {
    return new StartRefused(`Something in ${dataFolder} cannot be read or written by this user. Give this user the rights to all of that folder.`, { cause: error });
  }
  return error;
}
