import { type Expression, isIncomplete } from '@weft/mapping';
import { useTranslation } from 'react-i18next';
import { previewExpression, useExpressionScope, useFlowTimezone } from '../mapper/expression/expression-scope.ts';
import { Badge } from '../ui/index.ts';
import './words.ts';

/** What the condition says about the sample. */
export function ConditionResult({ expression }: { expression: Expression | undefined }) {
  const { t } = useTranslation('inspector');
  const { values } = useExpressionScope();
  const timezone = useFlowTimezone();
  if (!expression || isIncomplete(expression)) return null;
  const { value, error } = previewExpression(expression, values, timezone);
  return (
    <p className="flex items-center gap-2 text-xs text-subtle">
      {t('onTheSample')}
      {error === undefined
        ? <Badge tone={value === true ? 'ok' : 'neutral'}>{value === true ? t('true') : t('false')}</Badge>
        : <span className="text-danger-text">{error}</span>}
    </p>
  );
}
