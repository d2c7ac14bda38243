import { whyNotItemName } from '@weft/flow';
import { defined, type Json } from '@weft/json-schema';
import { renameLoop, type Loop, type Rule } from '@weft/mapping';
import { ChevronLeft, ChevronRight, Repeat } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '../locales/sentence-of.ts';
import { Checkbox, controlClass, cx, IconButton } from '../ui/index.ts';
import { ConditionEditor } from './expression/condition-editor.tsx';
import { ExpressionEditor } from './expression/expression-editor.tsx';
import { ExpressionScopeContext, type ExpressionScope } from './expression/expression-scope.ts';
import { loopItems, placeText, valuesInside } from './mapper-model.ts';
import { showItem } from './mapper-state.ts';
import { useMapperContext } from './mapper-context.ts';
import { patchRule, setLoop } from './rules/edit-rules.ts';
import { loopsAround, placedRules, type LoopScope } from './rules/places.ts';
import type { TargetRow } from './tree/target-tree.ts';
import './words.ts';

/** Which list fills a list, what an item is called, and which items are left out. */
export function LoopEditor({ rule, row }: { rule: Rule & { forEach: Loop }; row: TargetRow }) {
  const { t } = useTranslation('mapper');
  const { model, edit, itemAt } = useMapperContext();
  const [draft, setDraft] = useState<string>();
  const name = placeText(row.place);
  const outer = loopsAround(model.document, row.place);
  const inner: LoopScope[] = [...outer, { ruleId: rule.id, place: row.place, loop: rule.forEach }];
  const change = (loop: Loop, merge: string): void =>
    edit(
      t('undo.loop', { name }),
      (document) =>
        (loop.as === rule.forEach.as ? setLoop(document, row.place, loop) : renameLoop(setLoop(document, row.place, loop), rule.id, rule.forEach.as, loop.as)),
      `loop:${rule.id}:${merge}`,
    );
  // While typing, the name may pass through one that is taken: only the finished one counts.
  const isTaken = draft !== undefined &&
    draft !== rule.forEach.as &&
    (model.names.has(draft) || placedRules(model.document).some((other) => other.rule.forEach?.as === draft));
  const unfit = draft === undefined || draft === '' ? undefined : whyNotItemName(draft);
  const rename = (): void => {
    if (draft !== undefined && draft !== '' && !isTaken && !unfit && draft !== rule.forEach.as) change({ ...rule.forEach, as: draft }, 'as');
    setDraft(undefined);
  };
  const innerScope: ExpressionScope = {
    sources: withLoopSource(model.sources, inner, valuesInside(model.values, inner, itemAt)),
    values: valuesInside(model.values, inner, itemAt),
    loops: inner,
    tables: Object.keys(model.document.tables ?? {}),
  };
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-col gap-1.5">
        <span className="text-xs font-medium">{t('loopIn')}</span>
        <ExpressionEditor label={t('loopIn')} expression={rule.forEach.in} onChange={(list) => change({ ...rule.forEach, in: list }, 'in')} />
      </div>
      <div className="flex flex-wrap items-end gap-4">
        <label className="flex w-40 flex-col gap-1 text-xs font-medium">
          {t('loopAs')}
          <input
            className={cx(controlClass, 'h-7 text-xs')}
            value={draft ?? rule.forEach.as}
            aria-invalid={isTaken || unfit !== undefined || undefined}
            title={isTaken ? t('nameTaken') : unfit && sentenceOf(unfit)}
            onChange={(event) => setDraft(event.target.value.replace(/[^\p{L}\p{M}\p{N}_]/gu, ''))}
            onBlur={rename}
            onKeyDown={(event) => {
              if (event.key === 'Enter') rename();
            }}
          />
          {(isTaken || unfit) && <span className="font-normal text-danger-text">{isTaken ? t('nameTaken') : unfit && sentenceOf(unfit)}</span>}
        </label>
        <Checkbox
          className="pb-1"
          label={t('loopWrap')}
          checked={rule.forEach.wrap === true}
          onChange={(wrap) => change(withOptional(rule.forEach, 'wrap', wrap || undefined), 'wrap')}
        />
      </div>
      <ExpressionScopeContext value={innerScope}>
        {rule.value && (
          <div className="flex flex-col gap-1.5">
            <span className="text-xs font-medium">{t('eachItem')}</span>
            <ExpressionEditor
              label={t('eachItem')}
              expression={rule.value}
              onChange={(value) => edit(t('undo.value', { name }), (document) => patchRule(document, rule.id, { value }), `item:${rule.id}`)}
            />
          </div>
        )}
        <div className="flex flex-col gap-1.5">
          <span className="text-xs font-medium">{t('loopWhere')}</span>
          <ConditionEditor
            label={t('loopWhere')}
            expression={rule.forEach.where}
            onChange={(where) => change(withOptional(rule.forEach, 'where', where), 'where')}
            Operand={ExpressionEditor}
          />
        </div>
      </ExpressionScopeContext>
      {rule.rules?.length === 0 && !rule.value && <p className="text-xs text-muted">{t('loopEmpty')}</p>}
    </div>
  );
}

/** A loop over something that is not a plain list has no place in the tree: its item stands as a source of its own. */
function withLoopSource(sources: ExpressionScope['sources'], loops: readonly LoopScope[], values: Record<string, Json>): ExpressionScope['sources'] {
  const own = loops.at(-1);
  if (!own || ('path' in own.loop.in && own.loop.in.path.length > 0)) return sources;
  const item = values[own.loop.as];
  return [...sources, { id: own.loop.as, title: own.loop.as, kind: 'loop', schema: {}, sample: item }];
}

function withOptional<K extends 'where' | 'wrap'>(loop: Loop, key: K, value: Loop[K] | undefined): Loop {
  return defined({ ...loop, [key]: value });
}

/** Which item of a loop is shown. */
export function ItemStepper({ loop, loops }: { loop: LoopScope; loops: readonly LoopScope[] }) {
  const { t } = useTranslation('mapper');
  const { model, itemAt } = useMapperContext();
  const outer = loops.slice(0, loops.indexOf(loop));
  const count = loopItems(loop.loop.in, valuesInside(model.values, outer, itemAt)).length;
  const at = Math.min(itemAt(loop.ruleId), Math.max(0, count - 1));
  return (
    <span className="inline-flex items-center gap-0.5 rounded-md border border-line px-1 text-xs text-muted">
      <Repeat aria-hidden="true" className="size-3.5" />
      <span className="px-1">{count === 0 ? t('noItems', { name: loop.loop.as }) : t('itemOf', { name: loop.loop.as, number: at + 1, count })}</span>
      <IconButton
        label={t('previousItem', { name: loop.loop.as })}
        icon={<ChevronLeft />}
        disabled={at <= 0}
        onClick={() => showItem(loop.ruleId, at - 1)}
        className="size-6"
      />
      <IconButton
        label={t('nextItem', { name: loop.loop.as })}
        icon={<ChevronRight />}
        disabled={at >= count - 1}
        onClick={() => showItem(loop.ruleId, at + 1)}
        className="size-6"
      />
    </span>
  );
}

