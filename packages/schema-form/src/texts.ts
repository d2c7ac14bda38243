/** Every word the form shows by itself; the host passes translations, English is the default. */
export interface FormTexts {
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
  twice(name: string): string;
  kindOf(title: string): string;
  option(position: number): string;
  loading: string;
  optionsFailed: string;
  noOptions: string;
  retry: string;
  typeInstead: string;
  chooseInstead: string;
  notJson: string;
  jsonHint: string;
  show: string;
  hide: string;
  noFields: string;
}

export const englishTexts: FormTexts = {
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
  twice: (name) => `“${name}” is there twice: the last one counts.`,
  kindOf: (title) => `Kind of ${title}`,
  option: (position) => `Option ${position}`,
  loading: 'Loading choices…',
  noOptions: 'There is nothing to choose from yet: type it.',
  optionsFailed: 'The choices could not be loaded.',
  retry: 'Try again',
  typeInstead: 'Type it instead',
  chooseInstead: 'Choose from the list',
  notJson: 'This is not valid JSON yet.',
  jsonHint: 'Any value, written as JSON.',
  show: 'Show',
  hide: 'Hide',
  noFields: 'There is nothing to fill in here.',
};
