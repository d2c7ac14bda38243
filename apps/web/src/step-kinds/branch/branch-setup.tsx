import type { BranchStep } from '@weft/flow';
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { dispatch } from '../../editor/state/index.ts';
import { ConditionResult } from '../../inspector/condition-result.tsx';
import { StepScope } from '../../inspector/step-scope.tsx';
import { useEditStep } from '../../inspector/use-step.ts';
import { ConditionEditor } from '../../mapper/expression/condition-editor.tsx';
import { ExpressionEditor } from '../../mapper/expression/expression-editor.tsx';
import { Button, IconButton } from '../../ui/index.ts';
import type { SetupProps } from '../setup-props.ts';
import { freeCaseId, removeCase } from './cases.ts';
import '../../inspector/words.ts';

type Case = BranchStep['cases'][number];

/** The ways a run can take: the first case that is true wins, otherwise "else". */
export function BranchSetup({ stepId, step }: SetupProps<BranchStep>) {
  const { t } = useTranslation('step-kinds');
  const edit = useEditStep(stepId);
  const change = (cases: Case[], merge?: string): void => edit({ cases }, t('inspector:undo.condition'), merge);
  const setCase = (index: number, patch: Partial<Case>, merge: string): void =>
    change(step.cases.map((one, at) => (at === index ? cleaned({ ...one, ...patch }) : one)), merge);
  const move = (from: number, to: number): void => {
    const cases = [...step.cases];
    const [moved] = cases.splice(from, 1);
    if (moved) cases.splice(to, 0, moved);
    change(cases);
  };
  return (
    <StepScope stepId={stepId}>
      <p className="text-xs text-muted">{t('branch.text')}</p>
      {step.cases.map((one, index) => (
        <section
          key={one.id}
          aria-label={one.title || t('branch.case', { number: index + 1 })}
          className="flex flex-col gap-2 rounded-md border border-line bg-sunken p-3"
        >
          <div className="flex items-center gap-1">
            <input
              aria-label={t('branch.name', { number: index + 1 })}
              className="min-w-0 flex-1 rounded-sm border border-transparent bg-transparent px-1 text-sm font-semibold hover:border-line focus:border-accent"
              value={one.title}
              placeholder={t('branch.case', { number: index + 1 })}
              onChange={(event) => setCase(index, { title: event.target.value }, `case:${one.id}:title`)}
            />
            <IconButton label={t('branch.up', { name: one.title })} icon={<ArrowUp />} disabled={index === 0} onClick={() => move(index, index - 1)} />
            <IconButton
              label={t('branch.down', { name: one.title })}
              icon={<ArrowDown />}
              disabled={index === step.cases.length - 1}
              onClick={() => move(index, index + 1)}
            />
            <IconButton
              label={t('branch.remove', { name: one.title })}
              icon={<Trash2 />}
              onClick={() => dispatch(removeCase(stepId, one.id, t('inspector:undo.condition')))}
            />
          </div>
          <ConditionEditor
            label={one.title}
            expression={one.condition}
            onChange={(condition) => setCase(index, { condition }, `case:${one.id}`)}
            Operand={ExpressionEditor}
          />
          <ConditionResult expression={one.condition} />
        </section>
      ))}
      <Button
        size="sm"
        icon={<Plus />}
        className="self-start"
        onClick={() => change([...step.cases, { id: freeCaseId(step), title: t('branch.case', { number: step.cases.length + 1 }) }])}
      >
        {t('branch.add')}
      </Button>
      <p className="text-xs text-subtle">{t('branch.else')}</p>
    </StepScope>
  );
}

function cleaned(one: Case): Case {
  const { condition, ...rest } = one;
  return condition === undefined ? rest : { ...rest, condition };
}
