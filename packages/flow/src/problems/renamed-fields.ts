import { equal, isObject, type Json, valueAt } from '@weft/json-schema';
import { references, renameSource, renameSourceIn } from '@weft/mapping';
import type { FlowDocument, Step } from '../document.ts';
import { stepOf } from '../graph/step-graph.ts';
import { isExpressionPart, isMappingPart, partsOf, withAt } from '../kinds/parts-of.ts';
import type { Problem } from '../problem.ts';
import { fix, say } from '../sentences.en.ts';
import { forEachStep, named } from './check.ts';

/**
 * A field that is read, that one sample of its step has and another has not, but under another name with the same value: most likely the sender
 * calls it otherwise now. No error: both may be right.
 */
export const renamedFields = forEachStep(({ flow }, stepId, step) =>
  partsOf(step).flatMap((part): Problem[] => {
    const read = isMappingPart(part) ? part.mapping : isExpressionPart(part) ? part.expression : undefined;
    if (!read || part.unused) return [];
    return references(read).flatMap((path): Problem[] => {
      const [root = ''] = path;
      const source = stepOf(flow, root);
      const name = source && newNameOf(path.slice(1), (source.samples ?? []).map(({ output }) => output));
      if (source === undefined || name === undefined) return [];
      const said = { field: path.at(-1) ?? '', source: named(source.title), name };
      return [
        {
          code: 'field.renamed',
          severity: 'warning',
          stepId,
          path: [...part.path],
          ...say('flow.renamedField', said),
          fixes: [fix(say('flow.fix.useSameValue', { name }), (current) => readInstead(current, stepId, { path, name }))],
        },
      ];
    });
  }),
);

/** @returns undefined unless exactly one other field of such a sample has the value, and none of the samples has both. */
function newNameOf(path: readonly string[], samples: readonly Json[]): string | undefined {
  const [name = '', around] = [path.at(-1), path.slice(0, -1)];
  const parents = samples.map((sample) => valueAt(sample, around)).filter((parent) => isObject(parent));
  const having = parents.filter((parent) => Object.hasOwn(parent, name));
  const lacking = parents.filter((parent) => !Object.hasOwn(parent, name));
  const found = new Set(
    having.flatMap((parent) => {
      const value = parent[name];
      // A yes, a zero and an empty text are equal by chance.
      if ((typeof value !== 'string' && typeof value !== 'number') || String(value).length < minLength) return [];
      return lacking.flatMap((other) => Object.keys(other).filter((key) => !having.some((one) => Object.hasOwn(one, key)) && equal(other[key], value)));
    }),
  );
  return found.size === 1 ? [...found][0] : undefined;
}

const minLength = 3;

function readInstead(flow: FlowDocument, stepId: string, field: { path: string[]; name: string }): FlowDocument {
  const step = stepOf(flow, stepId);
  if (!step) return flow;
  const changed = partsOf(step).reduce<Step>((before, part) => {
    if (isMappingPart(part)) return part.mapping ? withAt(before, part.path, renameSource(part.mapping, field)) : before;
    return isExpressionPart(part) && part.expression ? withAt(before, part.path, renameSourceIn(part.expression, field)) : before;
  }, step);
  return { ...flow, steps: { ...flow.steps, [stepId]: changed } };
}
