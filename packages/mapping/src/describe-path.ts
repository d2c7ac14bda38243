import { formatPath, type Path } from '@weft/json-schema';

/** What people call the sources of a mapping, by the first segment of a path: `{ http1: 'Send the order' }`. */
export type SourceTitles = Readonly<Record<string, string>>;

/** A path as people read it: `Send the order › body › id`. */
export function describePath([root = '', ...rest]: Path, titles: SourceTitles): string {
  return formatPath([(Object.hasOwn(titles, root) && titles[root]) || root, ...rest]);
}
