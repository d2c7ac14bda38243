import type { Database } from 'better-sqlite3';
import type { Cursor, CursorMove } from '@weft/engine';
import type { Json } from '@weft/json-schema';
import { readStored } from '../../db/read-stored.ts';

export interface Cursors {
  read(name: string): Cursor | undefined;
  /** Inside a commit. @returns false, with nothing written, when it is not where the move found it. */
  move(move: CursorMove): boolean;
  /** Inside a commit. */
  drop(name: string): void;
}

export function createCursors(database: Database): Cursors {
  const find = database.prepare<[string], { revision: number; value: string }>('select revision, value from cursors where name = ?');
  const insert = database.prepare<[string, string]>('insert into cursors (name, revision, value) values (?, 1, ?) on conflict (name) do nothing');
  const update = database.prepare<[string, string, number]>('update cursors set revision = revision + 1, value = ? where name = ? and revision = ?');
  const remove = database.prepare<[string]>('delete from cursors where name = ?');
  return {
    read(name) {
      const row = find.get(name);
      // Written by move only.
      return row && { revision: row.revision, value: readStored<Json>(row.value) };
    },
    move({ name, from, to }) {
      const text = JSON.stringify(to);
      return (from === 0 ? insert.run(name, text) : update.run(text, name, from)).changes === 1;
    },
    drop: (name) => void remove.run(name),
  };
}
