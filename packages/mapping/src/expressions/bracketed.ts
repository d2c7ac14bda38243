import type { SentenceValue } from '@weft/sentences';
import { part } from '../sentences.en.ts';
import type { Described } from './expression-kind.ts';

/** The words of an expression inside another one. */
export const bracketed = ({ words, isLoose }: Described): SentenceValue => (isLoose ? part('mapping.said.grouped', { text: words }) : words);
