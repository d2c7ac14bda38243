import type { Said } from '@weft/sentences';
import type { FunctionParameter, MappingFunction } from './define-function.ts';

/** What people call a function, also in a place of a sentence. */
export const titleOf = ({ name, title }: MappingFunction): Said => ({ message: title, sentence: { code: `mapping.function.${name}` } });

/** What a function does, in a sentence. */
export const descriptionOf = ({ name, description }: MappingFunction): Said => ({
  message: description,
  sentence: { code: `mapping.function.${name}.description` },
});

/** What people call a parameter of a function. */
export const parameterTitle = ({ name }: MappingFunction, parameter: FunctionParameter): Said => ({
  message: parameter.title,
  sentence: { code: `mapping.function.${name}.input.${parameter.name}` },
});
