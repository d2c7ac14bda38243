import { isObject, type JsonSchema } from '@weft/json-schema';
import { type Expression, isIncomplete, type Rule } from '@weft/mapping';
import { Pencil, Unlink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { previewOf } from '../data-view/data-rows.ts';
import { openMapper } from '../editor/state/index.ts';
import { previewExpression, useExpressionScope, useFlowTimezone } from '../mapper/expression/expression-scope.ts';
import { ExpressionView } from '../mapper/expression/expression-view.tsx';
import { TokenText } from '../mapper/expression/token-text.tsx';
import { isTokenText } from '../mapper/expression/tokens.ts';
import { changeRule, setExpression } from '../mapper/rules/edit-rules.ts';
import { useEditMapping } from '../mapper/use-mapping.ts';
import { IconButton } from '../ui/index.ts';
import './words.ts';

interface ChipControlProps {
  stepId: string;
  rule: Rule & { value: Expression };
  title: string;
  schema: JsonSchema;
}

/** A field that is mapped: its chips in place of a text box, the value they give below, and a way back to a fixed value. */
export function ChipControl({ stepId, rule, title, schema }: ChipControlProps) {
  const { t } = useTranslation('inspector');
  const edit = useEditMapping(stepId);
  const { values } = useExpressionScope();
  const timezone = useFlowTimezone();
  const types = isObject(schema) ? [schema.type].flat() : [];
  const text = types.includes('string') || types.every((type) => type === undefined);
  const asText = text && !schema.enum && rule.forEach === undefined && isTokenText(rule.value);
  const { value, error } = rule.forEach ? { value: undefined, error: undefined } : previewExpression(rule.value, values, timezone);
  const change = (expression: Expression): void => edit(t('undo.input'), (document) => setExpression(document, rule.to, expression), `chip:${rule.id}`);
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex min-w-0 items-start gap-1">
        {asText ? (
          <TokenText label={title} expression={rule.value} onChange={change} lines={schema['x-widget'] === 'textarea'} className="flex-1" />
        ) : (
          <button
            type="button"
            className="flex min-h-8 min-w-0 flex-1 items-center overflow-hidden rounded-md border border-line-strong bg-raised px-1.5 py-0.5 text-left hover:border-accent"
            onClick={() => openMapper(stepId, { ruleId: rule.id })}
          >
            <span className="sr-only">{title}: </span>
            <ExpressionView expression={rule.value} />
          </button>
        )}
        <IconButton
          label={t('editInMapper', { title })}
          icon={<Pencil />}
          onClick={() => openMapper(stepId, { ruleId: rule.id })}
        />
        <IconButton
          label={t('unmap', { title })}
          icon={<Unlink />}
          onClick={() => edit(t('undo.input'), (document) => changeRule(document, rule.id, () => undefined))}
        />
      </div>
      {!rule.forEach && !isIncomplete(rule.value) && (
        <p className={error === undefined ? 'one-line text-xs text-subtle' : 'text-xs text-danger-text'}>
          {error ?? (value === undefined ? t('noValueOnSample') : t('onSample', { value: previewOf(value, 160) }))}
        </p>
      )}
    </div>
  );
}
