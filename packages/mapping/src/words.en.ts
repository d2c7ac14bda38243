import { functions } from './functions/index.ts';
import { descriptionOf, parameterTitle, titleOf } from './functions/titles.ts';
import { english } from './sentences.en.ts';

/** Every word of this package that people read, by code: its sentences, and what functions are called. A second language is a table like it. */
export const mappingWords = (): Readonly<Record<string, string>> => ({
  ...english,
  ...Object.fromEntries(
    Object.values(functions)
      .flatMap((one) => [titleOf(one), descriptionOf(one), ...one.parameters.map((parameter) => parameterTitle(one, parameter))])
      .map(({ message, sentence }) => [sentence.code, message]),
  ),
});
