import type { Said } from '@weft/sentences';
import { say } from '../sentences.en.ts';
import type { Described } from './expression-kind.ts';

/** The words of an expression inside another one. */
export const bracketed = ({ words, isLoose }: Described): string | Said => (isLoose ? say('mapping.said.grouped', { text: words }) : words);
