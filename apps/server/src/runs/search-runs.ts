import { and, desc, inArray, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db/open.ts';
import { flows, runs } from '../db/schema/index.ts';

const searchedRuns = 2_000;

/**
 * True for the runs that hold a text, or are of a flow whose title does, among the newest that fit a condition; bounded, so that a search
 * never keeps the writer waiting for long.
 */
export function newestHolding(db: Db, condition: SQL | undefined, text: string): SQL {
  const newest = db
    .select({ id: runs.id })
    .from(runs)
    .where(condition)
    .orderBy(desc(runs.id))
    .limit(searchedRuns)
    .all()
    .map(({ id }) => id);
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const holds = sql`(${runs.id} like ${pattern} escape '\\' or ${runs.name} like ${pattern} escape '\\' or ${runs.title} like ${pattern} escape '\\'
    or ${runs.flowId} in (select ${flows.id} from ${flows} where ${flows.title} like ${pattern} escape '\\') or ${runs.payload} like ${pattern} escape '\\'
    or ${runs.entries} like ${pattern} escape '\\' or ${runs.answer} like ${pattern} escape '\\' or ${runs.error} like ${pattern} escape '\\'
    or exists (select 1 from run_journal j where j.run_id = ${runs.id} and j.entries like ${pattern} escape '\\'))`;
  return and(inArray(runs.id, newest), holds) ?? holds;
}
