import { sql, type SQL } from 'drizzle-orm';

/** What `stepIdOf` of @weft/flow gives for the key of a step, worked out by SQLite: everything up to the last slash is trimmed away. */
export const stepIdInSql = (stepKey: SQL): SQL<string | null> => sql<string | null>`replace(${stepKey}, rtrim(${stepKey}, replace(${stepKey}, '/', '')), '')`;
