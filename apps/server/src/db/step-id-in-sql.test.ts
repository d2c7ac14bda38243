import { stepIdOf } from '@weft/flow';
import Database from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { expect, test } from 'vitest';
import { stepIdInSql } from './step-id-in-sql.ts';

test('SQLite takes a step key apart as the code does', () => {
  const db = drizzle({ client: new Database(':memory:') });
  for (const key of ['stock', 'each[3]/stock', 'each[3]/inner[0]/stock', 'each[7:3]/each', 'each[7]/append', 'stock[1]/stock']) {
    expect(db.get(sql`select ${stepIdInSql(sql`${key}`)} as id`)).toEqual({ id: stepIdOf(key) });
  }
});
