import { ofKind, type Expression, type Expressions } from '@weft/mapping';
import { call } from './call.tsx';
import { choice } from './choice.tsx';
import { constant } from './constant.tsx';
import type { KindView } from './kind-view.ts';
import { path } from './path.tsx';
import { position } from './position.tsx';
import { table } from './table.tsx';

/** How each kind of expression is shown, by its key. */
const kinds: { readonly [Key in keyof Expressions]: KindView<Expressions[Key]> } = {
  path,
  const: constant,
  fn: call,
  if: choice,
  index: position,
  table,
};

/** @returns undefined for what is none, as in a document that another version wrote. */
export const kindViewOf = (expression: Expression): KindView<Expression> | undefined => ofKind<KindView<Expression>>(kinds, expression);
