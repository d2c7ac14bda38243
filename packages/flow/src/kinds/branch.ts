import { list, may, must, object, or, refuse, slug, text, type Read } from '@weft/json-schema/read';
import { type Expression, readExpression } from '@weft/mapping';
import { ports } from '../graph/port.ts';
import type { Problem } from '../problem.ts';
import { named } from '../problems/check.ts';
import { say } from '../sentences.en.ts';
import { defineKind } from './kind.ts';
import type { StepBase } from './step-base.ts';

/** One port per case id, in order, and `else`. The first case that is true wins. */
export interface BranchStep extends StepBase {
  kind: 'branch';
  cases: { id: string; title: string; condition?: Expression }[];
}

const branchCase = object<BranchStep['cases'][number]>({
  id: must((value, path, issues) =>
    value === 'else' ? refuse(issues, path, 'name', say('flow.read.else')) : slug(value, path, issues),
  ),
  title: or(text(500), () => ''),
  condition: may(readExpression),
});

const cases: Read<BranchStep['cases']> = (value, path, issues) => {
  const read = list(branchCase, 100)(value, path, issues);
  const twice = read?.find(({ id }, at) => read.findIndex((other) => other.id === id) !== at);
  return twice ? refuse(issues, path, 'unique', say('flow.read.twoCases', { id: twice.id })) : read;
};

export const branch = defineKind<BranchStep>({
  shape: { cases: or(cases, () => []) },
  ports: ({ cases }) => [...cases.map(({ id, title }) => ({ id, title })), ports.otherwise],
  goesOnByItself: false,
  parts: ({ cases }) => cases.map(({ condition }, at) => ({ path: ['cases', String(at), 'condition'], expression: condition, expect: { type: 'boolean' } })),
  output({ cases }) {
    const ids = [...cases.map(({ id }) => id), 'else'];
    return { type: 'object', properties: { case: { type: 'string', enum: ids } }, required: ['case'] };
  },
  sample: ({ cases }) => ({ value: { case: cases[0]?.id ?? 'else' }, real: true }),
  problems({ title: step, cases }, _check, stepId): Problem[] {
    if (cases.length === 0) return [{ code: 'branch.empty', severity: 'error', stepId, path: ['cases'], ...say('flow.branch.empty', { step: named(step) }) }];
    return cases.flatMap(({ title, condition }, at): Problem[] => {
      const path = ['cases', String(at), 'condition'];
      return condition ? [] : [{ code: 'condition.missing', severity: 'error', stepId, path, ...say('flow.condition.missing.case', { case: named(title) }) }];
    });
  },
  mayFail: false,
  inStream: true,
  runsAlone: true,
});
