import type { SchemaIssue } from '@weft/json-schema';

/** Every word the form shows by itself; the host passes translations, English is the default. */
export interface FormTexts {
  /** What the schema refuses about a field. */
  issue(issue: SchemaIssue): string;
  required: string;
  choose: string;
  none: string;
  defaultIs(value: string): string;
  /** Adds to a list; `add` names the list for readers. */
  addEntry: string;
  add(title: string): string;
  remove(title: string): string;
  moveUp(title: string): string;
  moveDown(title: string): string;
  item(title: string, position: number): string;
  name: string;
  value: string;
  nameOf(position: number): string;
  valueOf(name: string): string;
  addPair: string;
  /** Beside those that a schema names. */
  addField: string;
  twice(name: string): string;
  /** A name that no object can have, such as `__proto__`. */
  refusedName(name: string): string;
  /** What describes the field is not there: it is filled as JSON. */
  brokenRef(ref: string): string;
  /** A name whose field stands in the form already. */
  ownField(name: string): string;
  /** Fields beside those that a schema names; of the whole form, the title is empty. */
  moreFields(title: string): string;
  kindOf(title: string): string;
  option(position: number): string;
  loading: string;
  optionsFailed: string;
  noOptions: string;
  retry: string;
  /** Of a list that was read. */
  reload: string;
  typeInstead: string;
  chooseInstead: string;
  notJson: string;
  jsonHint: string;
  show: string;
  hide: string;
  noFields: string;
}

export const englishTexts: FormTexts = {
  issue: ({ message }) => message,
  required: 'required',
  choose: 'Choose…',
  none: 'None',
  defaultIs: (value) => `${value} (default)`,
  addEntry: 'Add an entry',
  add: (title) => `Add an entry to ${title}`,
  remove: (title) => `Remove ${title}`,
  moveUp: (title) => `Move ${title} up`,
  moveDown: (title) => `Move ${title} down`,
  item: (title, position) => `${title} ${position}`,
  name: 'Name',
  value: 'Value',
  nameOf: (position) => `Name of entry ${position}`,
  valueOf: (name) => `Value of ${name}`,
  addPair: 'Add an entry',
  addField: 'Add a field',
  refusedName: (name) => `Nothing can be called “${name}”, so this row is not kept: choose another name.`,
  brokenRef: (ref) => `Its description (${ref}) is missing where it comes from, so it is written as JSON.`,
  ownField: (name) => `“${name}” has a field of its own above: write the value there.`,
  moreFields: (title) => (title === '' ? 'More fields' : `More fields of ${title}`),
  twice: (name) => `“${name}” is there twice: the last one counts.`,
  kindOf: (title) => `Kind of ${title}`,
  option: (position) => `Option ${position}`,
  loading: 'Loading choices…',
  noOptions: 'There is nothing to choose from yet: type it.',
  optionsFailed: 'The choices could not be loaded.',
  retry: 'Try again',
  reload: 'Read the list again',
  typeInstead: 'Type it instead',
  chooseInstead: 'Choose from the list',
  notJson: 'This is not valid JSON yet.',
  jsonHint: 'Any value, written as JSON.',
  show: 'Show',
  hide: 'Hide',
  noFields: 'There is nothing to fill in here.',
};
