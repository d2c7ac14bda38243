import type { Json } from '@weft/connector-sdk';

/** How a list is written where names have texts: in a query and in a form. */
export type ListSpelling = 'usual' | 'repeat' | 'brackets' | 'indices' | 'comma';

/** A name with its text. Several texts are one value, to be joined with commas that are told from those within a text. */
export interface FormField {
  name: string;
  texts: [string, ...string[]];
}

/**
 * A value under a name, as a query or a form writes it: `tag=a&tag=b`, `customer[name]=Ada`, `lines[0][sku]=A`.
 *
 * - Null is left out, also in a list: neither a form nor a query can say it. An empty text is sent as one.
 * - A name that ends in `[]` already gets no second pair.
 * - Items that have fields of their own are numbered, however lists are written: their fields could not be told apart.
 */
export function formFields(name: string, value: Json, spelling: Exclude<ListSpelling, 'usual'>): FormField[] {
  if (value === null) return [];
  if (Array.isArray(value)) return listFields(name, value.filter((item) => item !== null), spelling);
  if (typeof value === 'object') return Object.entries(value).flatMap(([key, item]) => formFields(`${name}[${key}]`, item, spelling));
  return [{ name, texts: [String(value)] }];
}

function listFields(name: string, items: readonly Json[], spelling: Exclude<ListSpelling, 'usual'>): FormField[] {
  const isPlain = items.every((item) => typeof item !== 'object');
  const numbered = name.endsWith('[]') ? name.slice(0, -'[]'.length) : name;
  if (!isPlain) return items.flatMap((item, index) => formFields(`${numbered}[${index}]`, item, spelling));
  const [first, ...others] = items.map(String);
  if (first === undefined) return [];
  if (spelling === 'comma') return [{ name, texts: [first, ...others] }];
  return [first, ...others].map((text, index) => ({ name: spellings[spelling](name, index), texts: [text] }));
}

const spellings: Record<'repeat' | 'brackets' | 'indices', (name: string, index: number) => string> = {
  repeat: (name) => name,
  brackets: (name) => (name.endsWith('[]') ? name : `${name}[]`),
  indices: (name, index) => (name.endsWith('[]') ? name : `${name}[${index}]`),
};

/** `a=1&b=x+y`, as forms and queries are sent. */
export const writeFields = (fields: readonly FormField[]): string =>
  fields.map(({ name, texts }) => `${encoded(name)}=${texts.map(encoded).join(',')}`).join('&');

const encoded = (text: string): string => new URLSearchParams([[text, '']]).toString().slice(0, -1);
