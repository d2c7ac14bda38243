import type { SchemaIssue } from '@weft/json-schema';

/** An error the host knows and the schema does not. */
export interface FieldError {
  path: readonly string[];
  message: string;
  /** Shown only after the person has been in the field, like a missing required value. Default false. */
  quiet?: boolean;
}

const keyOf = (path: readonly string[]): string => path.join('\u0000');

/**
 * The sentences to show at each field. A missing value is no error before the person has been there: a fresh form, or
 * a fresh entry of a list, is not a wall of red.
 */
export function errorsByField(options: {
  issues: readonly SchemaIssue[];
  errors: readonly FieldError[];
  touched: ReadonlySet<string>;
  all: boolean;
  /** Something that is not filled in yet, such as a fresh entry of a list. */
  isBlank: (path: readonly string[]) => boolean;
  /** The sentence of an issue. */
  say: (issue: SchemaIssue) => string;
}): (path: readonly string[]) => string[] {
  const byField = new Map<string, string[]>();
  const add = (path: readonly string[], message: string, quiet: boolean): void => {
    const key = keyOf(path);
    if (quiet && !options.all && !options.touched.has(key)) return;
    const messages = byField.get(key) ?? [];
    if (!messages.includes(message)) byField.set(key, [...messages, message]);
  };
  for (const issue of options.issues) add(issue.path, options.say(issue), issue.keyword === 'required' || options.isBlank(issue.path));
  for (const error of options.errors) add(error.path, error.message, error.quiet ?? false);
  return (path) => byField.get(keyOf(path)) ?? [];
}

export const touchedKey = keyOf;
