import type { JsonSchema, Path } from '@weft/json-schema';
import type { Read, Shape } from '@weft/json-schema/read';
import type { Said } from '@weft/sentences';
import type { Environment } from '../compile/environment.ts';
import type { SourceTitles } from '../describe-path.ts';
import type { Expression } from '../expressions.ts';
import type { Evaluate } from '../run.ts';
import type { Finding, Surroundings } from './finding.ts';

/**
 * All that is known of one kind of expression. An expression is recognised by the key of its kind in the table of kinds. A kind
 * does not know the others: it handles inner expressions through the functions it gets.
 */
export interface ExpressionKind<E> {
  /** How its fields are read from foreign JSON. @param inner - reads an expression inside it. */
  shape(inner: Read<Expression>): Shape<E>;
  /** The same with every expression inside changed, in the order in which people read them. Left out where there is none inside. */
  mapParts?(expression: E, change: (part: Expression) => Expression): E;
  /** The path that it reads itself. Left out where it reads none. */
  reads?(expression: E): string[];
  /** What it is about is still to be chosen. Left out where there is nothing to choose. */
  isBlank?(expression: E): boolean;
  /** The same under new names. Left out where it names nothing. */
  rename?(expression: E, renaming: Renaming): E;
  /**
   * Compiles it, once for many runs. @param inner - compiles an expression inside it.
   * @throws {MappingDocumentError} where it cannot run.
   */
  compile(expression: E, environment: Environment, inner: (part: Expression) => Evaluate): Evaluate;
  /** What is known of its value before anything runs. @param inner - the same of an expression inside it. */
  typeOf(expression: E, names: Names, inner: (part: Expression) => ExpressionType): ExpressionType;
  /** What is wrong with it, whatever it is for, the expressions inside included. */
  findings(expression: E, around: Surroundings, inner: Inside): Finding[];
  /** As people read it. @param inner - the same of an expression inside it. */
  describe(expression: E, titles: SourceTitles, inner: (part: Expression) => Described): Described;
}

/** What a place's names are called from now on. */
export interface Renaming {
  /** The new name of a loop. */
  loop(name: string): string;
  /** The new path, where a path of this beginning has moved. */
  path(path: Path): string[];
}

/** Schemas by name: the sources, and the items of the loops around. */
export type Names = Readonly<Record<string, JsonSchema>>;

/** What can be said of an expression's value before anything runs. */
export interface ExpressionType {
  /** The value where there is one; whether it may be null is said apart. `{}` where nothing is known. */
  schema: JsonSchema;
  mayBeMissing: boolean;
  mayBeNull: boolean;
}

export const nothingKnown: ExpressionType = { schema: {}, mayBeMissing: false, mayBeNull: false };

/** The checks of the expressions inside. */
export interface Inside {
  findings(part: Expression): Finding[];
  typeOf(part: Expression): ExpressionType;
}

/** An expression in words. */
export interface Described {
  words: string | Said;
  /** Several words side by side, which take brackets inside another expression. */
  isLoose?: boolean;
}
