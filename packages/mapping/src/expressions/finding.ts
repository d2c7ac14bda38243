import type { Path } from '@weft/json-schema';
import type { Said } from '@weft/sentences';
import type { MappingProblemCode } from '../check/problem.ts';
import { kindsOf } from '../check/schema-kinds.ts';
import type { SourceTitles } from '../describe-path.ts';
import { say } from '../sentences.en.ts';
import type { ExpressionType, Names } from './expression-kind.ts';

/** Something wrong inside an expression, whatever it is for. */
export interface Finding extends Said {
  code: MappingProblemCode;
  /** The path that was probably meant. */
  rename?: { from: Path; to: Path; title: Said };
}

/** The names that an expression may use at its place. */
export interface Surroundings {
  names: Names;
  /** What people call the sources. */
  titles: SourceTitles;
  /** Loop names of the whole document: one that is not in `names` is used outside of its loop. */
  loopNames: ReadonlySet<string>;
  /** Names of lookup tables; undefined where tables cannot be known. */
  tables?: ReadonlySet<string>;
}

export const incomplete: Finding = { code: 'mapping.incomplete', ...say('mapping.expression.incomplete') };

/** A condition of this type surely gives a text, a number, a list or an object. */
export function conditionFindings({ schema }: ExpressionType): Finding[] {
  const kinds = kindsOf(schema);
  if (!kinds || kinds.some((kind) => kind === 'boolean' || kind === 'null')) return [];
  return [{ code: 'mapping.input', ...say('mapping.expression.condition') }];
}
