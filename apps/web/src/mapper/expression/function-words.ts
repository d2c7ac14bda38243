import { descriptionOf, functions, parameterTitle, titleOf, type FunctionParameter, type MappingFunction } from '@weft/mapping';
import { sentenceOf } from '../../locales/sentence-of.ts';

/** What a function is called, in the person's language; its name where there is no such function. */
export function functionTitle(name: string): string {
  const fn = functions[name];
  return fn ? sentenceOf(titleOf(fn)) : name;
}

/** What it does, in one sentence. */
export const functionDescription = (fn: MappingFunction): string => sentenceOf(descriptionOf(fn));

/** What one of its inputs is called. */
export const inputTitle = (fn: MappingFunction, parameter: FunctionParameter): string => sentenceOf(parameterTitle(fn, parameter));
