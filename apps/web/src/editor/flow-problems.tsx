import type { Fix, Problem } from '@weft/flow';
import { CircleX, TriangleAlert, Wrench } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { focusStep } from '../canvas/canvas-view.ts';
import { StepIcon } from '../step-kinds/step-icon.tsx';
import { shownTitle, StepTitle } from '../step-kinds/step-title.tsx';
import { sentenceOf } from '../locales/sentence-of.ts';
import { Button, toast } from '../ui/index.ts';
import './dialog-words.ts';
import { applyFix } from './commands/index.ts';
import { dispatch, openDialog, openPlace, useEditor } from './state/index.ts';

/** Problems by step, in the order of the flow. A click leads to the field; where the mend is certain, one click mends it. */
export function FlowProblems({ problems }: { problems: readonly Problem[] }) {
  const { t } = useTranslation('editor');
  const steps = useEditor(({ document }) => document.steps);
  const groups = byStep(problems);
  return (
    <ul className="grid gap-4">
      {groups.map(([stepId, own]) => {
        const step = stepId === undefined ? undefined : steps[stepId];
        return (
          <li key={stepId ?? ''}>
            <h3 className="mb-1 flex items-center gap-1.5 text-xs font-medium text-muted">
              {step && <StepIcon step={step} size={14} />}
              <span className="one-line">{step ? <StepTitle step={step} /> : t('problems.flow')}</span>
            </h3>
            <ul className="overflow-hidden rounded-md border border-line">
              {own.map((problem, at) => (
                // Two problems of one kind may stand at one place.
                <li key={`${problem.code} ${problem.path?.join('.') ?? ''} ${problem.ruleId ?? ''} ${at}`} className="border-line not-first:border-t">
                  <ProblemLine problem={problem} title={step && shownTitle(step)} />
                </li>
              ))}
            </ul>
          </li>
        );
      })}
    </ul>
  );
}

function ProblemLine({ problem, title }: { problem: Problem; title: string | undefined }) {
  const { t } = useTranslation('editor');
  const { severity, fixes } = problem;
  const Icon = severity === 'error' ? CircleX : TriangleAlert;
  const text = (
    <>
      <Icon aria-label={t(`problems.${severity}`)} className={`mt-0.5 size-4 shrink-0 ${severity === 'error' ? 'text-danger' : 'text-warn'}`} />
      <span>{sentenceOf(problem)}</span>
    </>
  );
  const place = placeOf(problem);
  return (
    <div className="flex flex-wrap items-start gap-2 px-3 py-2 text-sm wrap-anywhere">
      {place === undefined ? (
        <span className="flex min-w-0 flex-1 basis-60 gap-2">{text}</span>
      ) : (
        <button
          type="button"
          title={t('problems.goTo', { title: title ?? t('settings.title') })}
          className="flex min-w-0 flex-1 basis-60 gap-2 rounded-sm text-left hover:underline"
          onClick={place}
        >
          {text}
        </button>
      )}
      {fixes?.map((fix) => (
        <Button key={fix.title} size="sm" icon={<Wrench />} onClick={() => mend(fix, t('problems.fixed', { title: sentenceOf(fix) }))}>
          {sentenceOf(fix)}
        </Button>
      ))}
    </div>
  );
}

/** Leads to where it is: the field of a step, or the settings of the flow. */
function placeOf(problem: Problem): (() => void) | undefined {
  const { stepId, path } = problem;
  if (stepId !== undefined) {
    return () => {
      openDialog(null);
      openPlace({ ...problem, stepId });
      focusStep(stepId);
    };
  }
  return path?.[0] === 'settings' ? () => openDialog('settings') : undefined;
}

function mend(fix: Fix, done: string): void {
  dispatch(applyFix(fix));
  toast.success(done);
}

function byStep(problems: readonly Problem[]): [string | undefined, Problem[]][] {
  const groups = new Map<string | undefined, Problem[]>();
  for (const problem of problems) {
    const group = groups.get(problem.stepId);
    if (group) group.push(problem);
    else groups.set(problem.stepId, [problem]);
  }
  return [...groups];
}
