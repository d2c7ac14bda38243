import { answerSchema } from '@weft/flow';
import type { JsonSchema } from '@weft/json-schema';
import { useMemo } from 'react';
import type { MappedStep } from '../mapper/mapper-model.ts';
import { openParts } from './logic/open-parts.ts';
import { useEditor } from '../editor/state/index.ts';
import { OpenPartEditor } from './open-part-editor.tsx';
import { useOperation } from './use-step.ts';

const wholeResult: JsonSchema = { 'x-open': true };

/** Open parts that no form shows: a transform's result, or an operation whose whole input is open. */
export function OpenParts({ stepId, step }: { stepId: string; step: MappedStep }) {
  const { operation } = useOperation(step);
  const called = useEditor(({ catalogue }) => (step.kind === 'subflow' ? catalogue.flow?.(step.flow)?.input : undefined));
  const declared = called ?? (step.kind === 'transform' || step.kind === 'approval' ? wholeResult : step.kind === 'respond' ? answerSchema : operation?.input);
  const parts = useMemo(() => (declared ? openParts(declared, step.schemas?.input).filter(({ path }) => path.length === 0) : []), [declared, step.schemas?.input]);
  return parts.map((part) => <OpenPartEditor key={part.path.join('.')} stepId={stepId} part={part} />);
}
