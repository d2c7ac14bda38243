/**
 * The object without the fields that are undefined, in the same order. For documents, schemas and declarations, which are compared, hashed or
 * walked by their keys; where only named fields are read, or JSON is written, a field may as well stay undefined.
 */
export function defined<T extends object>(fields: T): T {
  // The type keeps its optional fields: leaving one out is what it allows.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
