import { declaredTargetOf, type MappedStep } from '@weft/flow';
import { useMemo } from 'react';
import { openParts } from './logic/open-parts.ts';
import { useEditor } from '../editor/state/index.ts';
import { OpenPartEditor } from './open-part-editor.tsx';

/** Open parts that no form shows: a transform's result, or an operation whose whole input is open. */
export function WholePart({ stepId, step }: { stepId: string; step: MappedStep }) {
  const declared = useEditor(({ catalogue }) => declaredTargetOf(step, catalogue));
  const parts = useMemo(() =>
    (declared ? openParts(declared, step.schemas?.input).filter(({ path }) => path.length === 0) : []), [declared, step.schemas?.input]);
  return parts.map((part) => <OpenPartEditor key={part.path.join('.')} stepId={stepId} part={part} />);
}
