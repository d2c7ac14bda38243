import { functions, type MappingFunction } from '@weft/mapping';
import { functionSynonyms } from './function-synonyms.en.ts';
import { functionDescription, functionTitle } from './function-words.ts';

/**
 * The functions that a person may mean, the likeliest first: what is called so, what people call so, what begins so, and at last what
 * only tells of it. Every word that was typed has to fit.
 */
export function searchFunctions(text: string): MappingFunction[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const whole = words.join(' ');
  return Object.values(functions)
    .map((fn) => ({ fn, rank: rankOf(fn, words, whole) }))
    .filter(({ rank }) => rank < unfit)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ fn }) => fn);
}

const unfit = 9;

function rankOf(fn: MappingFunction, words: readonly string[], whole: string): number {
  const title = functionTitle(fn.name).toLowerCase();
  const name = fn.name.toLowerCase();
  const synonyms = (functionSynonyms[fn.name] ?? '').split(' ');
  if (title === whole || name === whole) return 0;
  const at = words.every((word) => synonyms.includes(word)) ? synonyms.indexOf(words[0] ?? '') : -1;
  if (at === 0) return 1;
  if (title.startsWith(whole) || name.startsWith(whole)) return 2;
  if (at > 0) return 3;
  if (words.every((word) => title.split(/\W+/).some((part) => part.startsWith(word)))) return 4;
  if (words.every((word) => synonyms.some((synonym) => synonym.startsWith(word)))) return 5;
  if (words.every((word) => `${title} ${name}`.includes(word))) return 6;
  const description = functionDescription(fn).toLowerCase();
  return words.every((word) => description.split(/\W+/).some((part) => part.startsWith(word))) ? 7 : unfit;
}
