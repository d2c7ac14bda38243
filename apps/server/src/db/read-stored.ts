/**
 * A column of JSON text. The only cast of stored JSON: what is in it was written by this program, from the type it is read as, and a
 * version that changes such a type brings a migration.
 */
export const readStored = <T>(text: string): T => JSON.parse(text) as T;
