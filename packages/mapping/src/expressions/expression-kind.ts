import type { Path } from '@weft/json-schema';
import type { Read, Shape } from '@weft/json-schema/read';
import type { Expression } from '../expressions.ts';

/**
 * All that is known of one kind of expression. An expression is told by the key that its kind has in the table of kinds; what
 * needs the expressions inside asks for them through what it is given, so a kind knows of no other.
 */
export interface ExpressionKind<E> {
  /** How its fields are read from foreign JSON. @param inner - reads an expression inside it. */
  shape(inner: Read<Expression>): Shape<E>;
  /** The same with every expression inside changed, in the order in which people read them. Left out where there is none inside. */
  mapParts?(expression: E, change: (part: Expression) => Expression): E;
  /** The path that it reads itself. */
  reads?(expression: E): string[];
  /** The same under new names. Left out where it names nothing. */
  rename?(expression: E, renaming: Renaming): E;
}

/** What a place's names are called from now on. */
export interface Renaming {
  /** The new name of a loop. */
  loop(name: string): string;
  /** The new path, where a path of this beginning has moved. */
  path(path: Path): string[];
}
