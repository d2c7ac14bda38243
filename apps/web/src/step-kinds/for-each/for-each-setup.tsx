import { renameItem, whyNotRenameItem, type ForEachStep } from '@weft/flow';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dispatch, useEditor } from '../../editor/state/index.ts';
import { StepScope } from '../../inspector/step-scope.tsx';
import { useEditStep, useProblemAt } from '../../inspector/use-step.ts';
import { sentenceOf } from '../../locales/sentence-of.ts';
import { ExpressionEditor } from '../../mapper/expression/expression-editor.tsx';
import { previewExpression, useExpressionScope, useFlowTimezone } from '../../mapper/expression/expression-scope.ts';
import { Button, Segmented, Select, TextField } from '../../ui/index.ts';
import type { SetupProps } from '../setup-props.ts';
import { newSource, sourceItems } from '../sources.ts';
import { StreamSetup } from './stream-setup.tsx';
import '../../inspector/words.ts';

/** What is gone through (a list, or a stream of records), what one of it is called, and what comes out. */
export function ForEachSetup({ stepId, step }: SetupProps<ForEachStep>) {
  const { t } = useTranslation('step-kinds');
  const edit = useEditStep(stepId);
  const [name, setName] = useState<string>();
  const typed = name?.normalize().trim();
  const nameProblem = useProblemAt(stepId, 'as');
  const flow = useEditor(({ document }) => document);
  const whyNot = typed === undefined || typed === '' ? undefined : whyNotRenameItem(flow, stepId, typed);
  // A name that cannot be stays in the field with its reason, and the loop keeps the one it has.
  const rename = (): void => {
    if (whyNot) return;
    if (typed !== undefined && typed !== '' && typed !== step.as) {
      dispatch({ label: t('inspector:undo.setup'), apply: (now) => renameItem(now, stepId, typed) });
    }
    setName(undefined);
  };
  const isStream = step.source !== undefined;
  return (
    <>
      <GoThrough step={step} onChange={(change) => edit(change, t('inspector:undo.setup'))} />
      {step.source ? (
        <StreamSetup stepId={stepId} step={step} source={step.source} />
      ) : (
        <StepScope stepId={stepId}>
          <div className="flex flex-col gap-1.5">
            <span className="text-xs font-medium">
              {t('forEach.items')} <span className="text-danger-text">*</span>
            </span>
            <ExpressionEditor
              label={t('forEach.items')}
              expression={step.items ?? { path: [] }}
              onChange={(items) => edit({ items }, t('inspector:undo.setup'), 'items')}
            />
            <ItemsHint step={step} />
          </div>
        </StepScope>
      )}
      <TextField
        label={isStream ? t('forEach.stream.as') : t('forEach.as')}
        hint={isStream ? t('forEach.stream.asHint') : t('forEach.asHint')}
        error={whyNot ? sentenceOf(whyNot) : name === undefined ? nameProblem : null}
        value={name ?? step.as}
        onChange={setName}
        onBlur={rename}
        onKeyDown={(event) => {
          if (event.key === 'Enter') rename();
        }}
      />
      <Select
        label={isStream ? t('forEach.stream.onError') : t('forEach.onItemError')}
        value={step.onItemError ?? 'stop'}
        onChange={(onItemError) => edit({ onItemError }, t('inspector:undo.setup'))}
        options={(['stop', 'skip', 'collect'] as const).map((value) => {
          const words = isStream ? 'forEach.stream' : 'forEach';
          return { value, label: t(`${words}.error.${value}`), description: t(`${words}.errorHint.${value}`) };
        })}
      />
      {isStream && (
        <TextField
          label={t('forEach.stream.batchSize')}
          hint={t('forEach.stream.batchSizeHint')}
          type="number"
          min={1}
          max={10_000}
          value={String(step.batchSize ?? usualBatch)}
          onChange={(text) => {
            const number = Math.trunc(Number(text));
            if (number >= 1 && number <= 10_000) edit({ batchSize: number === usualBatch ? undefined : number }, t('inspector:undo.setup'), 'batchSize');
          }}
        />
      )}
      <TextField
        label={isStream ? t('forEach.stream.concurrency') : t('forEach.concurrency')}
        hint={isStream ? t('forEach.stream.concurrencyHint') : t('forEach.concurrencyHint')}
        type="number"
        min={1}
        max={50}
        value={String(step.concurrency ?? 1)}
        onChange={(text) => {
          const number = Math.trunc(Number(text));
          if (number >= 1 && number <= 50) edit({ concurrency: number === 1 ? undefined : number }, t('inspector:undo.setup'), 'concurrency');
        }}
      />
      <StepScope stepId={stepId} collect>
        <div className="flex flex-col gap-1.5">
          <span className="text-xs font-medium">{isStream ? t('forEach.stream.collect') : t('forEach.collect')}</span>
          <p className="text-xs text-subtle">{isStream ? t('forEach.stream.collectHint') : t('forEach.collectHint')}</p>
          {step.collect ? (
            <ExpressionEditor
              label={t('forEach.collect')}
              expression={step.collect}
              onChange={(collect) => edit({ collect }, t('inspector:undo.setup'), 'collect')}
              onRemove={() => edit({ collect: undefined }, t('inspector:undo.setup'))}
            />
          ) : (
            <Button size="sm" className="self-start" onClick={() => edit({ collect: { path: [] } }, t('inspector:undo.setup'))}>
              {t('forEach.collectAdd')}
            </Button>
          )}
        </div>
      </StepScope>
    </>
  );
}

const usualBatch = 500;

/** A list from an earlier step, or records that are read one after the other and never held all at once. */
function GoThrough({ step, onChange }: { step: ForEachStep; onChange: (change: Partial<ForEachStep>) => void }) {
  const { t } = useTranslation('step-kinds');
  const connectors = useEditor((state) => state.connectors);
  const readOnly = useEditor((state) => state.readOnly);
  const [first] = sourceItems(connectors);
  if (!step.source && !first) return null;
  const change = (to: 'list' | 'stream'): void => {
    if (readOnly || (to === 'stream') === (step.source !== undefined)) return;
    if (to === 'list') onChange({ source: undefined, batchSize: undefined });
    // One bad record must not end the work on all others.
    else if (first) onChange({ source: newSource(first), onItemError: step.onItemError ?? 'collect' });
  };
  return (
    <div className="flex flex-col gap-1">
      <span className="text-xs font-medium">{t('forEach.stream.through')}</span>
      <Segmented
        label={t('forEach.stream.through')}
        value={step.source ? 'stream' : 'list'}
        onChange={change}
        options={[
          { value: 'list', label: t('forEach.stream.list') },
          { value: 'stream', label: t('forEach.stream.stream') },
        ]}
      />
      <p className="text-xs text-subtle">{step.source ? t('forEach.stream.streamText') : t('forEach.stream.listText')}</p>
    </div>
  );
}

/** How many items the sample has, or why it has none. */
function ItemsHint({ step }: { step: ForEachStep }) {
  const { t } = useTranslation('step-kinds');
  const { values } = useExpressionScope();
  const timezone = useFlowTimezone();
  if (!step.items || ('path' in step.items && step.items.path.length === 0)) return <p className="text-xs text-subtle">{t('forEach.itemsHint')}</p>;
  const { value, error } = previewExpression(step.items, values, timezone);
  if (error !== undefined) return <p className="text-xs text-danger-text">{error}</p>;
  return <p className="text-xs text-subtle">{Array.isArray(value) ? t('forEach.count', { count: value.length }) : t('forEach.notList')}</p>;
}
