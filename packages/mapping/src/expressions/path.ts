import { presenceAt, schemaAt, type JsonSchema, type Path } from '@weft/json-schema';
import { list, must, text } from '@weft/json-schema/read';
import { isList, withoutNull } from '../check/schema-kinds.ts';
import { similarField } from '../check/similar-field.ts';
import { compilePath } from '../compile/compile-path.ts';
import { malformed } from '../compile/environment.ts';
import { describePath, type SourceTitles } from '../describe-path.ts';
import { say } from '../sentences.en.ts';
import { nothingKnown, type ExpressionKind } from './expression-kind.ts';
import { incomplete, type Finding, type Surroundings } from './finding.ts';

/** A value of a step or of a loop's item: the first segment is the step's id or the loop's name. */
export type PathExpression = {
  path: string[];
};

export const readPath = list(text(1_000), 64);

export const path: ExpressionKind<PathExpression> = {
  shape: () => ({ path: must(readPath) }),
  isBlank: (expression) => expression.path.length === 0,
  reads: (expression) => expression.path,
  rename: (expression, renaming) => ({ path: renaming.path(expression.path) }),
  compile(expression, environment) {
    if (!Array.isArray(expression.path) || expression.path.length === 0) throw malformed(environment);
    return compilePath(expression.path.map(String), environment);
  },
  typeOf({ path: [root = '', ...rest] }, names) {
    const source = Object.hasOwn(names, root) ? names[root] : undefined;
    const found = source && schemaAt(source, rest);
    return source && found ? { schema: withoutNull(found), ...presenceAt(source, rest) } : nothingKnown;
  },
  findings: (expression, around) => pathFindings(expression.path, around),
  describe: (expression, titles) => ({ words: expression.path.length === 0 ? '…' : describePath(expression.path, titles) }),
};

function pathFindings(whole: Path, { names, loopNames, titles }: Surroundings): Finding[] {
  const [root, ...rest] = whole;
  if (root === undefined) return [incomplete];
  const source = Object.hasOwn(names, root) ? names[root] : undefined;
  const said = { path: describePath(whole, titles) };
  if (!source) {
    if (loopNames.has(root)) return [{ code: 'mapping.loopScope', ...say('mapping.expression.itemOutside', said) }];
    return [{ code: 'mapping.sourceGone', ...say(Object.hasOwn(titles, root) ? 'mapping.expression.stepLater' : 'mapping.expression.stepGone', said) }];
  }
  const gone = rest.findIndex((_, index) => schemaAt(source, rest.slice(0, index + 1)) === undefined);
  return gone === -1 ? [] : [goneFinding(whole, gone, source, titles)];
}

/** @param gone - which segment after the first is not there. */
function goneFinding(whole: Path, gone: number, source: JsonSchema, titles: SourceTitles): Finding {
  const [before, name = '', after] = [whole.slice(0, gone + 1), whole[gone + 1], whole.slice(gone + 1)];
  const parent = schemaAt(source, before.slice(1)) ?? {};
  const said = { path: describePath(whole, titles) };
  if (isList(parent) === true) {
    return {
      code: 'mapping.listToSingle',
      ...say('mapping.expression.inList', { ...said, list: describePath(before, titles) }),
      rename: { from: whole, to: [...before, '0', ...after], title: say('mapping.fix.first') },
    };
  }
  const meant = similarField(name, parent);
  if (meant === undefined) return { code: 'mapping.sourceGone', ...say('mapping.expression.gone', said) };
  return {
    code: 'mapping.sourceGone',
    ...say('mapping.expression.renamed', { ...said, name: meant }),
    rename: { from: [...before, name], to: [...before, meant], title: say('mapping.fix.rename', { name: meant, old: name }) },
  };
}
