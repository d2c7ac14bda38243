import { inferSchema } from '@weft/json-schema';
import { may } from '@weft/json-schema/read';
import { type MappingDocument, readMapping } from '@weft/mapping';
import { ports } from '../graph/port.ts';
import { named } from '../problems/check.ts';
import { mappedSample } from '../schemas/scope.ts';
import { say } from '../sentences.en.ts';
import { effectProblems, effectsShape, type Effects } from './effects.ts';
import { anything, defineKind } from './kind.ts';
import type { StepBase } from './step-base.ts';

/** A mapping on its own; its output is the mapping's result, described by `schemas.input`. */
export interface TransformStep extends StepBase, Effects {
  kind: 'transform';
  input?: MappingDocument;
}

export const transform = defineKind<TransformStep>({
  shape: { ...effectsShape, input: may(readMapping) },
  ports: () => [ports.next],
  goesOnByItself: true,
  parts: (step) => [{ path: ['input'], mapping: step.input }],
  target: () => anything,
  output({ schemas }, view, stepId) {
    if (schemas?.input) return schemas.input;
    const { value } = view.sample(stepId);
    return value === undefined ? {} : inferSchema([value]);
  },
  sample: ({ input, schemas }, view, stepId) => mappedSample(input, view.sources(stepId), schemas?.input),
  problems(step, _check, stepId) {
    // Of fields that are required it is said one by one.
    const isEmpty = !step.input?.rules.length && !step.schemas?.input?.required?.length;
    return [
      ...effectProblems(step, stepId),
      ...(isEmpty
        ? [{ code: 'mapping.empty', severity: 'warning' as const, stepId, path: ['input'], ...say('flow.mapping.empty', { step: named(step.title) }) }]
        : []),
    ];
  },
  mayFail: true,
  inStream: true,
  runsAlone: true,
});
