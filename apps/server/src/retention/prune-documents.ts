import type { PruneOptions } from './prune-runs.ts';

/** So many are looked at without a break. */
const lookedAtOnce = 500;
/** Somebody may be about to start a test run with a document that was kept just now. */
const graceMs = 3_600_000;

/** Deletes the documents of test runs that no run is made with any more. */
export async function pruneDocuments({ db, now, pause, stopping }: PruneOptions): Promise<void> {
  const page = db.$client.prepare<[string, number], string>('select id from run_documents where id > ? order by id limit ?').pluck();
  const forget = db.$client.prepare<[string, string, number]>(
    `delete from run_documents where id >= ? and id <= ? and created_at < ?
      and not exists (select 1 from runs where mode = 'test' and version_id = run_documents.id)`,
  );
  for (let after = ''; !stopping(); await pause()) {
    const ids = page.all(after, lookedAtOnce);
    const [first, last] = [ids[0], ids.at(-1)];
    if (first === undefined || last === undefined) return;
    forget.run(first, last, now - graceMs);
    if (ids.length < lookedAtOnce) return;
    after = last;
  }
}
