import type { Path } from '../path.ts';
import type { JsonSchema } from '../schema.ts';
import { part } from '../sentences.en.ts';
import { typesOf, typesPart } from '../type-of.ts';
import type { FoundIssue } from './place.ts';

/**
 * Of the branches of a failed `anyOf` or `oneOf`, the issues a person can act on: those of the one branch that was
 * clearly meant, else one sentence for all.
 */
export function bestBranch(
  failed: readonly FoundIssue[][],
  branches: readonly JsonSchema[],
  path: Path,
  keyword: 'anyOf' | 'oneOf',
): FoundIssue[] {
  const ofRightType = failed.filter((issues) => !issues.some((issue) => isAt(issue, path) && issue.keyword === 'type'));
  if (ofRightType.length === 0) {
    const types = branches.flatMap((branch) => typesOf(branch) ?? []);
    if (types.length > 0) return [{ path, keyword: 'type', sentence: part('schema.type', { types: typesPart([...new Set(types)]) }) }];
  }
  if (ofRightType.length === 1 && ofRightType[0]) return ofRightType[0];
  const meant = ofRightType.filter((issues) => !issues.some(isDiscriminator(path)));
  if (meant.length === 1 && meant[0]) return meant[0];
  return [{ path, keyword, sentence: part('schema.anyOf') }];
}

function isAt(issue: FoundIssue, path: Path): boolean {
  return issue.path.length === path.length;
}

/** A wrong `kind: "card"` says that another branch was meant. */
function isDiscriminator(path: Path): (issue: FoundIssue) => boolean {
  return (issue) => (issue.keyword === 'const' || issue.keyword === 'enum') && issue.path.length <= path.length + 1;
}
