import Database from 'better-sqlite3';
import { newId } from '@weft/server/ids';

const DAY_MS = 86_400_000;
const rowsPerTransaction = 10_000;

/**
 * Brings an installation that nobody runs to so many stored runs: the very row that the product wrote for its last run, again and
 * again, each with an id and times of its own, ending now; and the daily counts that belong to them.
 */
export function fillHistory(file: string, runs: number): void {
  const database = new Database(file);
  // Fast, because nothing is lost with a bench; the server's own connection syncs as always.
  database.pragma('synchronous = OFF');
  database.pragma('cache_size = -200000');
  const sample = database.prepare<[], Record<string, unknown>>('select * from runs order by id desc limit 1').get();
  if (!sample) throw new Error(`There is no run in ${file} to take as the pattern.`);
  const columns = Object.keys(sample);
  const insert = database.prepare(`insert into runs (${columns.join(', ')}) values (${columns.map((name) => `@${name}`).join(', ')})`);
  const count = database.prepare(
    `insert into run_days (flow_id, day, succeeded, failed) values (?, ?, 1, 0) on conflict (flow_id, day) do update set succeeded = succeeded + 1`,
  );
  const tookMs = Number(sample['finished_at']) - Number(sample['created_at']);
  const stored = database.prepare<[], number>('select count(*) from runs').pluck().get() ?? 0;
  const write = database.transaction((times: number) => {
    for (let index = 0; index < times; index += 1) {
      const createdAt = Date.now();
      insert.run({ ...sample, id: newId('run'), created_at: createdAt, finished_at: createdAt + tookMs });
      count.run(sample['flow_id'], Math.floor(createdAt / DAY_MS));
    }
  });
  for (let left = runs - stored; left > 0; left -= rowsPerTransaction) write(Math.min(left, rowsPerTransaction));
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}
