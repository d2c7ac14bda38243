import type { SentenceRef } from '@weft/sentences';
import i18next from 'i18next';

/** What a package says: in English, and, where it has one, with the sentence to say it by in another language. */
export type Said = { sentence?: SentenceRef } & ({ message: string } | { title: string });

/**
 * What a package says, in the person's language: by the table of its sentences in that language, where there is one (see
 * `sentences.<language>.ts`), else as the package says it.
 */
export function sentenceOf(said: Said): string {
  const english = 'message' in said ? said.message : said.title;
  return (said.sentence && translated(said.sentence)) ?? english;
}

function translated({ code, values = {} }: SentenceRef): string | undefined {
  // A code is a name and not a path: its dots and colons mean nothing.
  const table = { ns: sentences, keySeparator: false, nsSeparator: false } as const;
  const count = typeof values['count'] === 'number' ? { count: values['count'] } : {};
  if (!i18next.exists(code, { ...table, ...count })) return undefined;
  const filled: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(values)) {
    const inner = typeof value === 'object' ? translated(value) : value;
    // Half a sentence in each language would be worse than the whole in English.
    if (inner === undefined) return undefined;
    filled[name] = inner;
  }
  return i18next.t(code, { ...table, ...count, replace: filled });
}

/** The namespace of the tables. */
export const sentences = 'sentences';
