import type { Expression, Rule } from '@weft/mapping';
import { CircleAlert, Repeat, Trash2, TriangleAlert, Wrench, X } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editor/state/index.ts';
import { describedAt } from '../inspector/logic/open-parts.ts';
import { OpenPartEditor } from '../inspector/open-part-editor.tsx';
import { sentenceOf } from '../locales/sentence-of.ts';
import { Button, Checkbox, IconButton, TextField } from '../ui/index.ts';
import { ConditionEditor } from './expression/condition-editor.tsx';
import { ExpressionEditor } from './expression/expression-editor.tsx';
import { ExpressionScopeContext, type ExpressionScope } from './expression/expression-scope.ts';
import { ItemStepper, LoopEditor } from './loop-editor.tsx';
import { placeText, valuesInside } from './mapper-model.ts';
import { selectTarget } from './mapper-state.ts';
import { useMapperContext } from './mapper-context.ts';
import { changeRule, expressionAt, patchRule, setExpression, setLoop } from './rules/edit-rules.ts';
import { each, listsAround, loopsAround, placeKey } from './rules/places.ts';
import type { TargetRow } from './tree/target-tree.ts';
import { AddField } from './add-field.tsx';
import { ValueEditor } from './value-editor.tsx';
import './words.ts';

interface RuleEditorProps {
  row: TargetRow;
  editTable: (name: string | null) => void;
}

/** Everything about one target field: its value, its condition, and what is wrong with it. */
export function RuleEditor({ row, editTable }: RuleEditorProps) {
  const { t } = useTranslation('mapper');
  const { stepId, model, edit, problemsAt, itemAt } = useMapperContext();
  const described = useEditor((state) => describedAt(state.document.steps[stepId]?.schemas?.input, row.place));
  const { document } = model;
  const inList = row.place.at(-1) === each;
  const loops = loopsAround(document, row.place);
  const values = valuesInside(model.values, loops, itemAt);
  const scope: ExpressionScope = useMemo(
    () => ({ sources: model.sources, values, loops, tables: Object.keys(document.tables ?? {}), editTable }),
    [model.sources, values, loops, document.tables, editTable],
  );
  const rule = inList ? undefined : row.placed?.rule;
  const found = expressionAt(document, row.place);
  const missingLoop = listsAround(row.place).find((list) => !loops.some((one) => placeKey(one.place) === placeKey(list)));
  const name = placeText(row.place) || t('wholeResult');
  const problems = problemsAt(row.key);
  const setValue = (expression: Expression | undefined): void =>
    edit(t('undo.value', { name }), (before) => setExpression(before, row.place, expression), `value:${row.key}`);
  const patch = (change: Partial<Omit<Rule, 'id' | 'to'>>): void => {
    if (rule) edit(t('undo.value', { name }), (before) => patchRule(before, rule.id, change), `rule:${rule.id}:${Object.keys(change).join()}`);
  };

  return (
    <ExpressionScopeContext value={scope}>
      <section aria-label={t('valueOf', { name })} className="flex max-h-[46%] min-h-40 shrink-0 flex-col border-t border-line bg-surface">
        <header className="flex h-10 shrink-0 items-center gap-2 border-b border-line px-4">
          <h3 className="one-line text-sm font-semibold">{name}</h3>
          {row.required && <span className="text-xs text-danger-text">{t('required')}</span>}
          {loops.map((loop) => (
            <ItemStepper key={loop.ruleId} loop={loop} loops={loops} />
          ))}
          <span className="flex-1" />
          <IconButton label={t('closeEditor')} icon={<X />} onClick={() => selectTarget(null)} />
        </header>
        <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_minmax(14rem,19rem)] gap-6 overflow-auto px-4 py-3">
          <div data-value className="flex min-w-0 flex-col gap-3">
            {missingLoop ? (
              <MissingLoop list={missingLoop} />
            ) : rule?.forEach ? (
              <LoopEditor rule={{ ...rule, forEach: rule.forEach }} row={row} />
            ) : (
              <ValueEditor row={row} name={name} expression={found?.expression} onChange={setValue} />
            )}
            {row.kind === 'list' && !rule && !missingLoop && <StartLoop row={row} />}
            {row.describable && !rule && <OpenPartEditor inMapper stepId={stepId} part={{ path: row.place, title: name, described }} />}
            {row.extensible && !row.describable && (row.kind === 'object' || row.kind === 'any') && !rule && !missingLoop && <AddField into={row.place} />}
            {problems.length > 0 && (
              <ul className="flex flex-col gap-1.5">
                {problems.map((problem, index) => (
                  // The same sentence may stand twice.
                  // oxlint-disable-next-line react/no-array-index-key
                  <li key={`${problem.code}${index}`} className="flex flex-wrap items-center gap-2 text-xs">
                    <span className="flex min-w-0 items-start gap-1.5">
                      {problem.severity === 'error'
                        ? <CircleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0 text-danger" />
                        : <TriangleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0 text-warn" />}
                      <span className={problem.severity === 'error' ? 'text-danger-text' : 'text-warn-text'}>{sentenceOf(problem)}</span>
                    </span>
                    {problem.fixes?.map((fix) => (
                      <Button key={fix.title} size="sm" icon={<Wrench />} onClick={() => edit(sentenceOf(fix), (before) => fix.apply(before))}>
                        {sentenceOf(fix)}
                      </Button>
                    ))}
                  </li>
                ))}
              </ul>
            )}
          </div>
          {rule && (
            <div className="flex min-w-0 flex-col gap-3 border-l border-line pl-4">
              <div className="flex flex-col gap-1.5">
                <span className="text-xs font-medium">{t('onlyWhen')}</span>
                <ConditionEditor
                  label={t('onlyWhen')}
                  expression={rule.when}
                  onChange={(when) => patch({ when })}
                  Operand={ExpressionEditor}
                />
              </div>
              {!rule.forEach && (
                <Checkbox
                  label={t('omitNull')}
                  hint={t('omitNullHint')}
                  checked={rule.onNull === 'omit'}
                  onChange={(on) => patch({ onNull: on ? 'omit' : undefined })}
                />
              )}
              <TextField label={t('label')} value={rule.label ?? ''} onChange={(label) => patch({ label })} placeholder={t('labelHint')} />
              <Button
                size="sm"
                variant="ghost"
                icon={<Trash2 />}
                className="self-start"
                onClick={() => edit(t('undo.clear', { name }), (before) => changeRule(before, rule.id, () => undefined))}
              >
                {t('clearValue')}
              </Button>
            </div>
          )}
        </div>
      </section>
    </ExpressionScopeContext>
  );
}

function MissingLoop({ list }: { list: string[] }) {
  const { t } = useTranslation('mapper');
  const name = placeText(list);
  return (
    <div className="flex flex-col items-start gap-2">
      <p className="text-sm text-muted">{t('needsLoop', { name })}</p>
      <Button size="sm" onClick={() => selectTarget(placeKey(list))}>
        {t('goToList', { name })}
      </Button>
    </div>
  );
}

/** A list may be filled item by item, or taken over as it is. */
function StartLoop({ row }: { row: TargetRow }) {
  const { t } = useTranslation('mapper');
  const { edit } = useMapperContext();
  const name = placeText(row.place);
  return (
    <Button
      size="sm"
      icon={<Repeat />}
      className="self-start"
      onClick={() => edit(t('undo.loop', { name }), (document) => setLoop(
        document,
        row.place,
        { in: { path: [] }, as: 'item' },
        row.itemKind === 'object' ? undefined : { path: ['item'] },
      ))}
    >
      {t('fillItemByItem')}
    </Button>
  );
}
