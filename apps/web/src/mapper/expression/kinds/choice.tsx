import type { Expressions } from '@weft/mapping';
import { useTranslation } from 'react-i18next';
import { describeExpression } from '../describe-expression.ts';
import { useExpressionScope } from '../expression-scope.ts';
import { chipAround } from './chip.ts';
import type { ChipProps, KindView } from './kind-view.ts';
import '../../words.ts';

type IfExpression = Expressions['if'];

export const choice: KindView<IfExpression> = {
  choice: () => 'if',
  Chip: ChoiceChip,
  firstPath: ({ then }, inner) => inner(then),
  wrapped: ({ then }) => then,
};

function ChoiceChip({ expression, inside, Part }: ChipProps<IfExpression>) {
  const { t } = useTranslation('mapper');
  const scope = useExpressionScope();
  return (
    <span className={chipAround(inside)} title={describeExpression(expression, scope)}>
      <span className="font-medium">{t('if')}</span>
      <Part expression={expression.if} />
      <span className="text-subtle">{t('then')}</span>
      <Part expression={expression.then} />
      {expression.else && <span className="text-subtle">{t('else')}</span>}
      {expression.else && <Part expression={expression.else} />}
    </span>
  );
}
