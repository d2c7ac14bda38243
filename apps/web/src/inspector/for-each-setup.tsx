import { renameItem, type ForEachStep } from '@weft/flow';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dispatch } from '../editor/state/index.ts';
import { ExpressionEditor } from '../mapper/expression/expression-editor.tsx';
import { previewExpression, useExpressionScope } from '../mapper/expression/expression-scope.ts';
import { Button, Select, TextField } from '../ui/index.ts';
import { StepScope } from './step-scope.tsx';
import { useEditStep } from './use-step.ts';

/** Which list is walked through, what an item is called, and what comes out. */
export function ForEachSetup({ stepId, step }: { stepId: string; step: ForEachStep }) {
  const { t } = useTranslation('inspector');
  const edit = useEditStep(stepId);
  const [name, setName] = useState<string>();
  const rename = (): void => {
    const to = name?.replace(/[^\p{L}\p{N}_]/gu, '');
    if (to !== undefined && to !== '' && to !== step.as) dispatch({ label: t('undo.setup'), apply: (flow) => renameItem(flow, stepId, to) });
    setName(undefined);
  };
  return (
    <>
      <StepScope stepId={stepId}>
        <div className="flex flex-col gap-1.5">
          <span className="text-xs font-medium">
            {t('forEach.items')} <span className="text-danger-text">*</span>
          </span>
          <ExpressionEditor label={t('forEach.items')} expression={step.items ?? { path: [] }} onChange={(items) => edit({ items }, t('undo.setup'), 'items')} />
          <ItemsHint step={step} />
        </div>
      </StepScope>
      <TextField
        label={t('forEach.as')}
        hint={t('forEach.asHint')}
        value={name ?? step.as}
        onChange={setName}
        onBlur={rename}
        onKeyDown={(event) => {
          if (event.key === 'Enter') rename();
        }}
      />
      <TextField
        label={t('forEach.concurrency')}
        hint={t('forEach.concurrencyHint')}
        type="number"
        min={1}
        max={50}
        value={String(step.concurrency ?? 1)}
        onChange={(text) => {
          const number = Math.trunc(Number(text));
          if (number >= 1 && number <= 50) edit({ concurrency: number === 1 ? undefined : number }, t('undo.setup'), 'concurrency');
        }}
      />
      <Select
        label={t('forEach.onItemError')}
        value={step.onItemError ?? 'stop'}
        onChange={(onItemError) => edit({ onItemError }, t('undo.setup'))}
        options={(['stop', 'skip', 'collect'] as const).map((value) => ({ value, label: t(`forEach.error.${value}`), description: t(`forEach.errorHint.${value}`) }))}
      />
      <StepScope stepId={stepId} collect>
        <div className="flex flex-col gap-1.5">
          <span className="text-xs font-medium">{t('forEach.collect')}</span>
          <p className="text-xs text-subtle">{t('forEach.collectHint')}</p>
          {step.collect ? (
            <ExpressionEditor
              label={t('forEach.collect')}
              expression={step.collect}
              onChange={(collect) => edit({ collect }, t('undo.setup'), 'collect')}
              onRemove={() => edit({ collect: undefined }, t('undo.setup'))}
            />
          ) : (
            <Button size="sm" className="self-start" onClick={() => edit({ collect: { path: [] } }, t('undo.setup'))}>
              {t('forEach.collectAdd')}
            </Button>
          )}
        </div>
      </StepScope>
    </>
  );
}

/** How many items the sample has, or why it has none. */
function ItemsHint({ step }: { step: ForEachStep }) {
  const { t } = useTranslation('inspector');
  const { values } = useExpressionScope();
  if (!step.items || ('path' in step.items && step.items.path.length === 0)) return <p className="text-xs text-subtle">{t('forEach.itemsHint')}</p>;
  const { value, error } = previewExpression(step.items, values);
  if (error !== undefined) return <p className="text-xs text-danger-text">{error}</p>;
  return <p className="text-xs text-subtle">{Array.isArray(value) ? t('forEach.count', { count: value.length }) : t('forEach.notList')}</p>;
}
