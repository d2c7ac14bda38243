/** What passes without anybody's fault in the program: told by the codes of the system and of SQLite, also inside of what wraps them. */
// The last one is a log's index that finds no room; SQLite tells other failures of that file by other codes.
const full = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE']);
const locked = /^SQLITE_(?:BUSY|LOCKED)/;

export const isDiskFull = (error: unknown): boolean => codesOf(error).some((code) => full.has(code));

/** Another program holds the database. */
export const isLocked = (error: unknown): boolean => codesOf(error).some((code) => locked.test(code));

/** From the outside in. */
export function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let at: unknown = error; at instanceof Error && codes.length < 8; at = at.cause) codes.push('code' in at ? String(at.code) : '');
  return codes;
}
