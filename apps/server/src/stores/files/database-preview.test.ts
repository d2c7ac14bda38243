import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { databasePreview } from './database-preview.ts';

const folder = mkdtempSync(join(tmpdir(), 'weft-preview-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the preview of a database file', () => {
  it('shows the newest rows of the fullest table', () => {
    const path = join(folder, 'a.sqlite');
    const database = new Database(path);
    database.exec('CREATE TABLE other (x); CREATE TABLE "my ""tickets""" (id, title); INSERT INTO "my ""tickets""" VALUES (1, null), (2, \'b\'), (3, x\'00ff\')');
    database.close();
    expect(databasePreview(path, 2)).toEqual({ table: { columns: ['id', 'title'], rows: [['2', 'b'], ['3', '2 bytes']] }, text: null, truncated: true });
  });

  it('is none for a file that is no database', () => {
    const path = join(folder, 'b.sqlite');
    writeFileSync(path, 'This is text, and long enough to be read as a header of something else.');
    expect(databasePreview(path, 2)).toBeNull();
  });
});
