import type { Expression } from '@weft/mapping';
import type { ComponentType } from 'react';

/** What a value can be, as a person chooses it. A call is a text, a function or, of one field of each item, a field. */
export type Choice = 'field' | 'constant' | 'text' | 'function' | 'if' | 'index' | 'table';

export interface ChipProps<E> {
  expression: E;
  /** Stands in the chip of another expression. */
  inside: boolean;
  /** Draws an expression inside it. */
  Part: ComponentType<{ expression: Expression }>;
}

/** How the mapper shows one kind of expression, and what it can become. */
export interface KindView<E> {
  choice(expression: E): Choice;
  /** In one line. */
  Chip: ComponentType<ChipProps<E>>;
  /** The first field in it, for another kind to go on with. @param inner - the same of an expression inside. Left out where there is none. */
  firstPath?(expression: E, inner: (part: Expression) => string[] | undefined): string[] | undefined;
  /** What is left when it is taken away. Left out where nothing is inside. */
  wrapped?(expression: E): Expression | undefined;
}
