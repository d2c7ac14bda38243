import type { FileRows } from './file-rows.ts';
import type { FileStore } from './file-store.ts';

/**
 * The store with names as people see them: “Müller” typed with one letter ü and with u and two dots is one file. New files get the composed name (NFC);
 * those that were stored otherwise keep theirs and are found under both.
 */
export function withKnownNames(store: FileStore, rows: Pick<FileRows, 'find' | 'all'>): FileStore {
  function known(workspaceId: string, name: string): string {
    // Nearly all names are ASCII, which has one spelling only. What is no text is for the store to refuse.
    if (!/[^\p{ASCII}]/u.test(name) || rows.find(workspaceId, name)) return name;
    const composed = name.normalize('NFC');
    return rows.all(workspaceId).find((row) => row.name.normalize('NFC') === composed)?.name ?? composed;
  }
  return {
    ...store,
    find: (workspaceId, name) => store.find(workspaceId, known(workspaceId, name)),
    content: (workspaceId, name) => store.content(workspaceId, known(workspaceId, name)),
    upload: (actorId, workspaceId, name, file) => store.upload(actorId, workspaceId, known(workspaceId, name), file),
    remove: (actorId, workspaceId, name) => store.remove(actorId, workspaceId, known(workspaceId, name)),
    of(workspaceId) {
      const files = store.of(workspaceId);
      const as = (name: string): string => known(workspaceId, name);
      return {
        list: () => files.list(),
        read: (name) => files.read(as(name)),
        write: (name, bytes, by) => files.write(as(name), bytes, by),
        open: (name) => files.open(as(name)),
        put: (name, content, at, by) => files.put(as(name), content, at, by),
        keep: (name, length, by) => files.keep(as(name), length, by),
        append: (name, by, content) => files.append(as(name), by, content),
        database: (name) => files.database(as(name)),
        ended: () => files.ended(),
      };
    },
  };
}
