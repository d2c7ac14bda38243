import type { FilterStep } from '@weft/flow';
import { useTranslation } from 'react-i18next';
import { ConditionResult } from '../../inspector/condition-result.tsx';
import { StepScope } from '../../inspector/step-scope.tsx';
import { useEditStep } from '../../inspector/use-step.ts';
import { ConditionEditor } from '../../mapper/expression/condition-editor.tsx';
import { ExpressionEditor } from '../../mapper/expression/expression-editor.tsx';
import type { SetupProps } from '../setup-props.ts';
import '../../inspector/words.ts';

/** Who may pass: rows of field, operator and value. */
export function FilterSetup({ stepId, step }: SetupProps<FilterStep>) {
  const { t } = useTranslation('step-kinds');
  const edit = useEditStep(stepId);
  return (
    <StepScope stepId={stepId}>
      <div className="flex flex-col gap-2">
        <h2 className="text-sm font-semibold">{t('filter.title')}</h2>
        <p className="text-xs text-muted">{t('filter.text')}</p>
        <ConditionEditor
          label={t('filter.title')}
          expression={step.condition}
          onChange={(condition) => edit({ condition }, t('inspector:undo.condition'), 'condition')}
          Operand={ExpressionEditor}
        />
        <ConditionResult expression={step.condition} />
      </div>
    </StepScope>
  );
}
