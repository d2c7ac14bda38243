import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../src/db/migrate.ts';
import { type Db, openDatabase } from '../src/db/open.ts';

/** A migrated database in a folder of its own. */
export function temporaryStore(): { db: Db; folder: string; dispose(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'weft-store-'));
  const db = openDatabase(join(folder, 'weft.sqlite'));
  migrate(db, folder);
  return {
    db,
    folder,
    dispose() {
      db.$client.close();
      rmSync(folder, { recursive: true });
    },
  };
}
