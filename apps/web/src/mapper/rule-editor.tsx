import { schemaAt, type Json } from '@weft/json-schema';
import type { Expression, Loop, Rule } from '@weft/mapping';
import { ChevronLeft, ChevronRight, CircleAlert, CornerDownRight, FunctionSquare, Repeat, Split, TextCursorInput, Trash2, TriangleAlert, Wrench, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { previewOf } from '../data-view/index.ts';
import { useEditor } from '../editor/state/index.ts';
import { describedAt } from '../inspector/logic/open-parts.ts';
import { OpenPartEditor } from '../inspector/open-part-editor.tsx';
import { Button, Checkbox, controlClass, cx, IconButton, Popover, TextField } from '../ui/index.ts';
import { ConditionEditor } from './expression/condition-editor.tsx';
import { ExpressionEditor } from './expression/expression-editor.tsx';
import { ExpressionScopeContext, previewExpression, type ExpressionScope } from './expression/expression-scope.ts';
import { FunctionPicker } from './expression/function-picker.tsx';
import { asKind, callOf, isIncomplete, kindOfExpression } from './expression/new-expression.ts';
import { SourcePicker } from './expression/source-picker.tsx';
import { isTokenText } from './expression/tokens.ts';
import { TokenText } from './expression/token-text.tsx';
import { loopItems, placeText, valuesInside } from './mapper-model.ts';
import { selectTarget, showItem } from './mapper-state.ts';
import { useMapperContext } from './mapper-context.ts';
import { changeRule, expressionAt, patchRule, setExpression, setLoop } from './rules/edit-rules.ts';
import { each, listsAround, loopsAround, placeKey, type LoopScope } from './rules/places.ts';
import type { TargetRow } from './tree/target-tree.ts';

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
            {row.extensible && !row.describable && (row.kind === 'object' || row.kind === 'any') && !rule && !missingLoop && <AddField row={row} />}
            {problems.length > 0 && (
              <ul className="flex flex-col gap-1.5">
                {problems.map((problem, index) => (
                  // The same sentence may stand twice.
                  // oxlint-disable-next-line react/no-array-index-key
                  <li key={`${problem.code}${index}`} className="flex flex-wrap items-center gap-2 text-xs">
                    {problem.severity === 'error' ? <CircleAlert aria-hidden="true" className="size-3.5 shrink-0 text-danger" /> : <TriangleAlert aria-hidden="true" className="size-3.5 shrink-0 text-warn" />}
                    <span className={problem.severity === 'error' ? 'text-danger-text' : 'text-warn-text'}>{problem.message}</span>
                    {problem.fixes?.map((fix) => (
                      <Button key={fix.title} size="sm" icon={<Wrench />} onClick={() => edit(fix.title, (before) => fix.apply(before))}>
                        {fix.title}
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
                <Checkbox label={t('omitNull')} hint={t('omitNullHint')} checked={rule.onNull === 'omit'} onChange={(on) => patch({ onNull: on ? 'omit' : undefined })} />
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

function ValueEditor({ row, name, expression, onChange }: { row: TargetRow; name: string; expression: Expression | undefined; onChange: (expression: Expression | undefined) => void }) {
  const { t } = useTranslation('mapper');
  const { model } = useMapperContext();
  const [structured, setStructured] = useState(false);
  const [picking, setPicking] = useState(false);
  const text = (row.kind === 'text' || row.kind === 'any' || row.kind === 'mixed') && row.format === undefined && !('enum' in row.schema);
  if (!expression) {
    return (
      <div className="flex flex-col gap-2">
        <p className="text-xs text-muted">{t('noValueYet', { name })}</p>
        <div className="flex flex-wrap gap-2">
          <Popover className="p-0!" open={picking} onOpenChange={setPicking} trigger={<Button size="sm" variant="primary" icon={<CornerDownRight />}>{t('startField')}</Button>}>
            <SourcePicker
              onPick={(picked) => {
                setPicking(false);
                onChange(picked);
              }}
            />
          </Popover>
          <Button size="sm" onClick={() => onChange(row.kind === 'boolean' ? { const: true } : { const: '' })}>
            {t('startConstant')}
          </Button>
          {text && (
            <Button size="sm" onClick={() => onChange({ fn: 'concat', args: [{ const: '' }] })}>
              {t('startText')}
            </Button>
          )}
        </div>
      </div>
    );
  }
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {text && !structured && isTokenText(expression) && 'fn' in expression ? (
        <div className="flex items-start gap-1">
          <TokenText label={name} expression={expression} onChange={onChange} lines={row.schema['x-widget'] === 'textarea'} className="flex-1" />
          <Button size="sm" variant="ghost" onClick={() => setStructured(true)}>
            {t('moreWays')}
          </Button>
        </div>
      ) : (
        <ExpressionEditor label={name} expression={expression} schema={schemaAt(model.target, targetPath(row))} onChange={onChange} onRemove={() => onChange(undefined)} />
      )}
      <PreviewLine expression={expression} row={row} />
      <WaysToGoOn expression={expression} text={text} onChange={onChange} />
    </div>
  );
}

/** What one most often does next with a value, in plain sight. */
function WaysToGoOn({ expression, text, onChange }: { expression: Expression; text: boolean; onChange: (expression: Expression) => void }) {
  const { t } = useTranslation('mapper');
  const { model } = useMapperContext();
  const [picking, setPicking] = useState(false);
  return (
    <div className="flex flex-wrap gap-1">
      <Popover className="p-0!" open={picking} onOpenChange={setPicking} trigger={<Button size="sm" variant="ghost" icon={<FunctionSquare />}>{t('applyFunction')}</Button>}>
        <FunctionPicker
          onPick={(fn) => {
            setPicking(false);
            onChange(callOf(fn, expression, Object.keys(model.document.tables ?? {})));
          }}
        />
      </Popover>
      {text && kindOfExpression(expression) !== 'text' && (
        <Button size="sm" variant="ghost" icon={<TextCursorInput />} onClick={() => onChange(asKind('text', expression))}>
          {t('addText')}
        </Button>
      )}
      {kindOfExpression(expression) !== 'if' && (
        <Button size="sm" variant="ghost" icon={<Split />} onClick={() => onChange(asKind('if', expression))}>
          {t('addIf')}
        </Button>
      )}
    </div>
  );
}

const targetPath = (row: TargetRow): string[] => row.place.map((segment) => (segment === each ? '0' : segment));

/** What the value is on the sample that is looked at. */
function PreviewLine({ expression, row }: { expression: Expression; row: TargetRow }) {
  const { t } = useTranslation('mapper');
  const { model, itemAt } = useMapperContext();
  const loops = loopsAround(model.document, row.place);
  const { value, error } = previewExpression(expression, valuesInside(model.values, loops, itemAt));
  return (
    <p className="flex min-w-0 items-baseline gap-2 rounded-md bg-sunken px-2.5 py-1.5 text-xs">
      <span className="shrink-0 font-medium text-subtle">{t('result')}</span>
      {isIncomplete(expression) ? <i className="text-subtle">{t('incomplete')}</i> : error !== undefined ? <span className="text-danger-text">{error}</span> : value === undefined ? <i className="text-subtle">{t('noValue')}</i> : <span className="one-line">{previewOf(value, 400)}</span>}
    </p>
  );
}

/** Which item of a loop is shown. */
function ItemStepper({ loop, loops }: { loop: LoopScope; loops: readonly LoopScope[] }) {
  const { t } = useTranslation('mapper');
  const { model, itemAt } = useMapperContext();
  const outer = loops.slice(0, loops.indexOf(loop));
  const count = loopItems(loop.loop.in, valuesInside(model.values, outer, itemAt)).length;
  const at = Math.min(itemAt(loop.ruleId), Math.max(0, count - 1));
  return (
    <span className="inline-flex items-center gap-0.5 rounded-md border border-line px-1 text-xs text-muted">
      <Repeat aria-hidden="true" className="size-3.5" />
      <span className="px-1">{count === 0 ? t('noItems', { name: loop.loop.as }) : t('itemOf', { name: loop.loop.as, number: at + 1, count })}</span>
      <IconButton label={t('previousItem', { name: loop.loop.as })} icon={<ChevronLeft />} disabled={at <= 0} onClick={() => showItem(loop.ruleId, at - 1)} className="size-6" />
      <IconButton label={t('nextItem', { name: loop.loop.as })} icon={<ChevronRight />} disabled={at >= count - 1} onClick={() => showItem(loop.ruleId, at + 1)} className="size-6" />
    </span>
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

/** A place that takes any name: a field is added by giving it one. */
function AddField({ row }: { row: TargetRow }) {
  const { t } = useTranslation('mapper');
  const { edit } = useMapperContext();
  const [name, setName] = useState('');
  const add = (): void => {
    const place = [...row.place, name.trim()];
    edit(t('undo.value', { name: name.trim() }), (document) => setExpression(document, place, { path: [] }));
    selectTarget(placeKey(place));
  };
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') add();
      }}
    >
      <TextField className="w-56" label={t('addFieldName')} value={name} onChange={setName} />
      <Button type="submit" disabled={name.trim() === ''}>
        {t('addField')}
      </Button>
    </form>
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
      onClick={() => edit(t('undo.loop', { name }), (document) => setLoop(document, row.place, { in: { path: [] }, as: 'item' }, row.itemKind === 'object' ? undefined : { path: ['item'] }))}
    >
      {t('fillItemByItem')}
    </Button>
  );
}

function LoopEditor({ rule, row }: { rule: Rule & { forEach: Loop }; row: TargetRow }) {
  const { t } = useTranslation('mapper');
  const { model, edit, itemAt } = useMapperContext();
  const name = placeText(row.place);
  const outer = loopsAround(model.document, row.place);
  const inner: LoopScope[] = [...outer, { ruleId: rule.id, place: row.place, loop: rule.forEach }];
  const change = (loop: Loop, merge: string): void =>
    edit(t('undo.loop', { name }), (document) => (loop.as === rule.forEach.as ? setLoop(document, row.place, loop) : renameLoop(setLoop(document, row.place, loop), rule.id, rule.forEach.as, loop.as)), `loop:${rule.id}:${merge}`);
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
            value={rule.forEach.as}
            onChange={(event) => {
              const as = event.target.value.replace(/[^\p{L}\p{N}_]/gu, '');
              if (as !== '') change({ ...rule.forEach, as }, 'as');
            }}
          />
        </label>
        <Checkbox className="pb-1" label={t('loopWrap')} checked={rule.forEach.wrap === true} onChange={(wrap) => change(withOptional(rule.forEach, 'wrap', wrap || undefined), 'wrap')} />
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
          <ConditionEditor label={t('loopWhere')} expression={rule.forEach.where} onChange={(where) => change(withOptional(rule.forEach, 'where', where), 'where')} Operand={ExpressionEditor} />
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
  return [...sources, { id: own.loop.as, title: own.loop.as, kind: 'loop', schema: {}, ...(item !== undefined && { sample: item }) }];
}

function withOptional<K extends 'where' | 'wrap'>(loop: Loop, key: K, value: Loop[K] | undefined): Loop {
  const { [key]: _old, ...others } = loop;
  return value === undefined ? (others as Loop) : { ...(others as Loop), [key]: value };
}

/** Paths inside the loop follow its name. */
function renameLoop(document: Parameters<typeof changeRule>[0], ruleId: string, from: string, to: string): Parameters<typeof changeRule>[0] {
  const path = (expression: Expression): Expression => {
    if ('path' in expression) return expression.path[0] === from ? { path: [to, ...expression.path.slice(1)] } : expression;
    if ('fn' in expression) return { ...expression, args: expression.args.map(path) };
    if ('if' in expression) return { if: path(expression.if), then: path(expression.then), ...(expression.else && { else: path(expression.else) }) };
    return 'index' in expression && expression.index === from ? { index: to } : expression;
  };
  const inside = (rule: Rule): Rule => ({
    ...rule,
    ...(rule.when && { when: path(rule.when) }),
    ...(rule.value && { value: path(rule.value) }),
    ...(rule.forEach && { forEach: { ...rule.forEach, in: path(rule.forEach.in), ...(rule.forEach.where && { where: path(rule.forEach.where) }) } }),
    ...(rule.rules && { rules: rule.rules.map(inside) }),
  });
  return changeRule(document, ruleId, (rule) => ({
    ...rule,
    ...(rule.value && { value: path(rule.value) }),
    ...(rule.rules && { rules: rule.rules.map(inside) }),
    ...(rule.forEach?.where && { forEach: { ...rule.forEach, where: path(rule.forEach.where) } }),
  }));
}
