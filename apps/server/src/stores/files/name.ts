/**
 * @returns why a name cannot be used for a file of a workspace, as a sentence; undefined when it can. Folders are
 *   written with `/`. Whatever could leave the workspace's folder, hide in it, or stand for something else is refused.
 */
export function nameIssue(name: string): string | undefined {
  if (name === '') return 'Give the file a name.';
  if (name.length > 200) return 'Use a file name of at most 200 characters.';
  // Backslash and colon separate folders and drives on other systems; controls and direction marks make names look alike.
  if (/[\\:*?"<>|\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(name)) return `“${name}” has a character that file names must not have.`;
  const segments = name.split('/');
  if (segments.some((segment) => segment === '' || segment.startsWith('.') || segment !== segment.trim() || segment.endsWith('.'))) {
    return `“${name}” is not a file name that Weft accepts. Use names such as leads.csv or reports/march.csv.`;
  }
  if (segments.some((segment) => !/[^\p{Cf}\p{Z}\p{M}.]/u.test(segment))) return 'Use a file name that can be seen.';
  if (segments.some((segment) => Buffer.byteLength(segment) > maxSegmentBytes)) {
    return 'Use a shorter file name: letters beyond a–z take more room on the disk.';
  }
  if (segments.some((segment) => /\.(?:sqlite|db)-(?:wal|shm|journal)$/i.test(segment))) return `“${name}” is a name that databases use for themselves. Choose another one.`;
  return undefined;
}

/** File systems take 255 bytes; databases put files such as name.db-journal beside their own. */
const maxSegmentBytes = 240;

export const isDatabaseName = (name: string): boolean => /\.(?:sqlite|db)$/i.test(name);
