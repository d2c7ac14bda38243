import type { FilterStep } from '@weft/flow';
import type { Expression } from '@weft/mapping';
import { useTranslation } from 'react-i18next';
import { ConditionEditor } from '../mapper/expression/condition-editor.tsx';
import { ExpressionEditor } from '../mapper/expression/expression-editor.tsx';
import { previewExpression, useExpressionScope } from '../mapper/expression/expression-scope.ts';
import { isIncomplete } from '../mapper/expression/new-expression.ts';
import { Badge } from '../ui/index.ts';
import { StepScope } from './step-scope.tsx';
import { useEditStep } from './use-step.ts';

/** Who may pass: rows of field, operator and value. */
export function FilterSetup({ stepId, step }: { stepId: string; step: FilterStep }) {
  const { t } = useTranslation('inspector');
  const edit = useEditStep(stepId);
  return (
    <StepScope stepId={stepId}>
      <div className="flex flex-col gap-2">
        <h2 className="text-sm font-semibold">{t('filter.title')}</h2>
        <p className="text-xs text-muted">{t('filter.text')}</p>
        <ConditionEditor label={t('filter.title')} expression={step.condition} onChange={(condition) => edit({ condition }, t('undo.condition'), 'condition')} Operand={ExpressionEditor} />
        <ConditionResult expression={step.condition} />
      </div>
    </StepScope>
  );
}

/** What the condition says about the sample. */
export function ConditionResult({ expression }: { expression: Expression | undefined }) {
  const { t } = useTranslation('inspector');
  const { values } = useExpressionScope();
  if (!expression || isIncomplete(expression)) return null;
  const { value, error } = previewExpression(expression, values);
  return (
    <p className="flex items-center gap-2 text-xs text-subtle">
      {t('onTheSample')}
      {error === undefined ? <Badge tone={value === true ? 'ok' : 'neutral'}>{value === true ? t('true') : t('false')}</Badge> : <span className="text-danger-text">{error}</span>}
    </p>
  );
}
