import { InputError } from '@weft/connector-sdk';
import { isDatabaseName, nameIssue } from './name.ts';

/** Connectors show it at the field; routes answer 422 with it. */
export const inputError = (message: string): InputError => new InputError(['config', 'file'], message);

export const noSpace = (name: string): InputError => inputError(`There is not enough space left for “${name}”. Delete files that are not needed any more.`);

export const noSuchFile = (name: string): InputError => inputError(`There is no file “${name}”. Choose one, or upload it first.`);

/** About the file, not about what was to be written: no record could go in. */
export const writtenByAnother = (name: string): InputError =>
  new InputError(
    ['config', 'file'],
    `“${name}” was written by somebody else while this run was filling it. Run the flow again, and let one run at a time write to it.`,
    { kind: 'conflict' },
  );

/** @throws {InputError} */
export function requireName(name: string): void {
  const issue = nameIssue(name);
  if (issue) throw inputError(issue);
}

/** @throws {InputError} also for a database, which only SQL steps write. */
export function requireWritableName(name: string): void {
  requireName(name);
  if (isDatabaseName(name)) throw inputError(`“${name}” is a database; rows are added to it with a SQL step.`);
}
