import type { Problem } from '@weft/flow';
import { CircleAlert, TriangleAlert, Wrench } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { applyFix } from '../editor/commands/index.ts';
import { dispatch } from '../editor/state/index.ts';
import { sentenceOf } from '../locales/sentence-of.ts';
import { Button } from '../ui/index.ts';
import { isAtField } from './logic/field-errors.ts';
import './words.ts';

interface StepProblemsProps {
  problems: readonly Problem[];
  /** They stand above forms that show errors at their fields. */
  hasFields: boolean;
}

/** What is wrong with the step and is not shown at a field, with one-click fixes where they are certain. */
export function StepProblems({ problems, hasFields }: StepProblemsProps) {
  const { t } = useTranslation('inspector');
  const shown = problems.filter((problem) => !hasFields || !isAtField(problem) || (problem.fixes?.length ?? 0) > 0);
  if (shown.length === 0) return null;
  return (
    <ul aria-label={t('problems')} className="flex flex-col gap-2 rounded-md border border-line bg-sunken p-3">
      {shown.map((problem, index) => (
        // The same sentence may stand twice.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={`${problem.code}${index}`} className="flex items-start gap-2 text-xs wrap-anywhere">
          {problem.severity === 'error'
            ? <CircleAlert aria-hidden="true" className="mt-0.5 size-3.5 shrink-0 text-danger" />
            : <TriangleAlert aria-hidden="true" className="mt-0.5 size-3.5 shrink-0 text-warn" />}
          <span className="flex min-w-0 flex-1 flex-col items-start gap-1">
            {sentenceOf(problem)}
            {problem.fixes?.map((fix) => (
              <Button key={fix.title} size="sm" icon={<Wrench />} onClick={() => dispatch(applyFix(fix))}>
                {sentenceOf(fix)}
              </Button>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}
