import { CircleAlert } from 'lucide-react';
import { openPlace, tabOfPlace } from '../editor/state/index.ts';
import { sentenceOf } from '../locales/sentence-of.ts';
import type { OpenPart } from './logic/open-parts.ts';
import { useStep, useStepProblems } from './use-step.ts';

/** What is wrong inside a part whose fields are filled in the mapper; a click leads to the field there. */
export function PartProblems({ stepId, part }: { stepId: string; part: OpenPart }) {
  const step = useStep(stepId);
  const problems = useStepProblems(stepId);
  const place = ['input', ...part.path];
  const inside = problems.filter(({ severity, path = [] }) =>
    severity === 'error' && path.length > place.length && place.every((name, at) => name === path[at]));
  if (!step || tabOfPlace(step, { path: [...place, ''] }) !== 'setup' || inside.length === 0) return null;
  return (
    <ul className="flex min-w-0 flex-col gap-1">
      {inside.map((problem) => (
        <li key={`${problem.code} ${problem.path?.join('.') ?? ''}`}>
          <button
            type="button"
            className="flex items-start gap-1 rounded-sm text-left text-xs wrap-anywhere text-danger-text hover:underline"
            onClick={() => openPlace({ ...problem, stepId })}
          >
            <CircleAlert aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" /> {sentenceOf(problem)}
          </button>
        </li>
      ))}
    </ul>
  );
}
