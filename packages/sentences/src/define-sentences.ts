import { fillTemplate } from './fill-template.ts';

/** Which sentence was said, and what stood in its places: enough to say it again in another language. */
export interface SentenceRef {
  /** Stable: `retry.attempts`. */
  code: string;
  values?: SentenceValues;
}

/** What stands in a place of a sentence; a sentence in a sentence is said in the same language. */
export type SentenceValue = string | number | SentenceRef;
/** What is put into a place: also what was said already, by this package or by another. Only its sentence is kept, if it has one. */
export type SentencePlace = SentenceValue | { message: string; sentence?: SentenceRef };
export type SentenceValues = Readonly<Record<string, SentenceValue>>;

/** A sentence in English, with what it takes to say it in another language. */
export interface Said {
  message: string;
  sentence: SentenceRef;
}

export type Templates = Readonly<Record<string, string>>;

/** `x` for `x_one` and `x_other`, which `count` chooses between. */
type CodeOf<K> = K extends `${infer Code}_${'one' | 'other'}` ? Code : K;
type NamesIn<S> = S extends `${string}{{${infer Name}}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type TemplateOf<T extends Templates, C extends string> = { [K in keyof T]: CodeOf<K> extends C ? T[K] : never }[keyof T];
/** What `say` takes beside the code: the values of the places in its template. */
export type ValuesOf<T extends Templates, C extends string> = NamesIn<TemplateOf<T, C>> extends infer Name
  ? [Name] extends [never]
    ? []
    : [values: { [N in Name & string]: N extends 'count' ? number : SentencePlace }]
  : never;

type Places = Readonly<Record<string, SentencePlace>>;

/** The sentence without the English of what was put into it. */
const refTo = (code: string, values: Places): SentenceRef => ({
  code,
  values: Object.fromEntries(Object
    .entries(values)
    .map(([name, value]) => [name, typeof value === 'object' && 'message' in value ? (value.sentence ?? value.message) : value])),
});

export type SaidCode<T extends Templates> = CodeOf<keyof T> & string;

/**
 * The sentences of a package, by code, as templates with `{{name}}` places; what `say` takes follows from the template.
 * `x_one` and `x_other` are one sentence, `x`, whose `count` chooses: the form that i18next reads, so a second language is one more
 * table under the same codes.
 */
export function defineSentences<const T extends Templates>(english: T) {
  const plural = new Intl.PluralRules('en');
  const inEnglish = (value: SentencePlace): string | number => (typeof value !== 'object' ? value : 'message' in value ? value.message : render(value));

  function render({ code, values = {} }: { code: string; values?: Places }): string {
    const { count } = values;
    const key = typeof count === 'number' && !Object.hasOwn(english, code) ? `${code}_${plural.select(count)}` : code;
    const template = english[key];
    if (template === undefined) throw new RangeError(`No sentence has the code ${code}.`);
    return fillTemplate(template, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, inEnglish(value)])));
  }

  return {
    english,
    /** The sentence with its places filled. */
    say<C extends SaidCode<T>>(code: C, ...[values]: ValuesOf<T, C>): Said {
      return values === undefined ? { message: render({ code }), sentence: { code } } : { message: render({ code, values }), sentence: refTo(code, values) };
    },
    /** A part that stands by itself after all, in words. */
    saidOf: (sentence: SentenceRef): Said => ({ message: render(sentence), sentence }),
    /** A sentence, or a part of one, to stand in a place of another of the same table. */
    part<C extends SaidCode<T>>(code: C, ...[values]: ValuesOf<T, C>): SentenceRef {
      return values === undefined ? { code } : refTo(code, values);
    },
  };
}
