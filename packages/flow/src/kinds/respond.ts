import { mergeOpen } from '@weft/json-schema';
import { may } from '@weft/json-schema/read';
import { type MappingDocument, readMapping } from '@weft/mapping';
import { ports } from '../graph/port.ts';
import { named } from '../problems/check.ts';
import { answerSchema } from '../schemas/answer-schema.ts';
import { mappedSample } from '../schemas/scope.ts';
import { say } from '../sentences.en.ts';
import { defineKind } from './kind.ts';
import type { StepBase } from './step-base.ts';

/** The answer of an answer-when-finished webhook: target `{ status, headers, body }`. */
export interface RespondStep extends StepBase {
  kind: 'respond';
  input?: MappingDocument;
}

export const respond = defineKind<RespondStep>({
  shape: { input: may(readMapping) },
  ports: () => [ports.next],
  goesOnByItself: true,
  parts: ({ input }) => [{ path: ['input'], mapping: input }],
  target: () => answerSchema,
  output: ({ schemas }) => mergeOpen(answerSchema, schemas?.input),
  sample: ({ input }, view, stepId) => mappedSample(input, view.sources(stepId)),
  mayFail: false,
  inStream: ({ title }) => say('flow.stream.refused.respond', { step: named(title) }),
  runsAlone: true,
});
