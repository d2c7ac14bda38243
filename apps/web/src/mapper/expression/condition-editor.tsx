import type { Expression } from '@weft/mapping';
import { Plus, Trash2 } from 'lucide-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, controlClass, cx, IconButton, Segmented } from '../../ui/index.ts';
import { compileCondition, emptyRow, isOperator, needsRight, operatorNames, parseCondition, typedConstant, type ConditionRow } from '../rules/conditions.ts';
import { kindOfPath, useExpressionScope } from './expression-scope.ts';
import '../words.ts';

/** How one side of a comparison is edited; handed in, as expressions and conditions contain each other. */
export interface OperandProps {
  label: string;
  expression: Expression;
  onChange: (expression: Expression) => void;
}

export interface ConditionEditorProps {
  label: string;
  expression: Expression | undefined;
  onChange: (expression: Expression | undefined) => void;
  Operand: ComponentType<OperandProps>;
}

/** A condition as rows of field, operator and value. What does not fit into rows is edited as a whole. */
export function ConditionEditor({ label, expression, onChange, Operand }: ConditionEditorProps) {
  const { t } = useTranslation('mapper');
  const scope = useExpressionScope();
  const condition = parseCondition(expression);
  if (!condition) {
    return (
      <div className="flex flex-col gap-2">
        <p className="text-xs text-subtle">{t('conditionAdvanced')}</p>
        {expression && <Operand label={label} expression={expression} onChange={onChange} />}
        <Button size="sm" className="self-start" onClick={() => onChange(undefined)}>
          {t('conditionStartAnew')}
        </Button>
      </div>
    );
  }
  const { join, rows } = condition;
  const change = (next: ConditionRow[], nextJoin = join): void => onChange(compileCondition({ join: nextJoin, rows: next }));
  const setRow = (index: number, row: ConditionRow): void => change(rows.map((old, at) => (at === index ? row : old)));
  return (
    <fieldset aria-label={label} className="flex min-w-0 flex-col gap-2">
      {rows.length > 1 && (
        <Segmented
          size="sm"
          label={t('joinRows')}
          value={join}
          onChange={(next) => change(rows, next)}
          options={[
            { value: 'and', label: t('allTrue') },
            { value: 'or', label: t('anyTrue') },
          ]}
        />
      )}
      {rows.map((row, index) => (
        // Rows have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="flex min-w-0 flex-col gap-1.5 rounded-md border border-line bg-surface p-2">
          <div className="flex items-start gap-1">
            <div className="min-w-0 flex-1">
              <Operand
                label={t('conditionField', { number: index + 1 })}
                expression={row.left}
                onChange={(left) => setRow(index, withLeft(row, left, scope))}
              />
            </div>
            <IconButton label={t('removeCondition', { number: index + 1 })} icon={<Trash2 />} onClick={() => change(rows.filter((_, at) => at !== index))} />
          </div>
          <select
            aria-label={t('conditionOperator', { number: index + 1 })}
            className={cx(controlClass, 'h-7 text-xs')}
            value={row.operator}
            onChange={(event) => {
              const operator = event.target.value;
              if (!isOperator(operator)) return;
              setRow(index, needsRight(operator) ? { left: row.left, operator, right: row.right ?? { const: '' } } : { left: row.left, operator });
            }}
          >
            {operatorNames.map((name) => (
              <option key={name} value={name}>
                {t(`operator.${name}`)}
              </option>
            ))}
          </select>
          {needsRight(row.operator) && (
            <Operand
              label={t('conditionValue', { number: index + 1 })}
              expression={row.right ?? { const: '' }}
              onChange={(right) => setRow(index, { ...row, right: inTypeOf(right, row.left, scope) })}
            />
          )}
        </div>
      ))}
      <Button size="sm" variant="ghost" icon={<Plus />} className="self-start" onClick={() => change([...rows, emptyRow])}>
        {t(rows.length === 0 ? 'addFirstCondition' : 'addCondition')}
      </Button>
    </fieldset>
  );
}

/** A list is looked into, a single value is compared. */
function withLeft(row: ConditionRow, left: Expression, scope: Parameters<typeof kindOfPath>[1]): ConditionRow {
  const isList = 'path' in left ? kindOfPath(left.path, scope) === 'list' : 'fn' in left && left.fn === 'pluck';
  if (isList && row.operator === 'equals') return { ...row, left, operator: 'includes' };
  return !isList && row.operator === 'includes' ? { ...row, left, operator: 'equals' } : { ...row, left };
}

/** A typed value takes the type of the field it is compared with: 10 beside a number is a number. */
function inTypeOf(right: Expression, left: Expression, scope: Parameters<typeof kindOfPath>[1]): Expression {
  if (!('const' in right) || typeof right.const !== 'string' || !('path' in left)) return right;
  return { const: typedConstant(right.const, kindOfPath(left.path, scope)) };
}
