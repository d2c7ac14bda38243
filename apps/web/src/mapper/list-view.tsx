import { CircleAlert, Pencil, Repeat, Trash2, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { previewOf } from '../data-view/index.ts';
import { sentenceOf } from '../locales/sentence-of.ts';
import { Button, cx, EmptyState, IconButton } from '../ui/index.ts';
import { ExpressionScopeContext } from './expression/expression-scope.ts';
import { ExpressionView } from './expression/expression-view.tsx';
import { apartIn, type Apart } from './expression/tell-apart.ts';
import { useMapperContext } from './mapper-context.ts';
import { placeText, shownValue } from './mapper-model.ts';
import { selectTarget, useMapper } from './mapper-state.ts';
import { changeRule } from './rules/edit-rules.ts';
import { each, type LoopScope } from './rules/places.ts';
import type { TargetRow } from './tree/target-tree.ts';
import './words.ts';

/** The same mapping as a plain table: every target field, filled or not, with the same commands and the same undo. */
export function ListView() {
  const { t } = useTranslation('mapper');
  const { targetRows, model } = useMapperContext();
  const apart = useMemo(() => apartIn(model), [model]);
  const rows = targetRows.filter((row) => row.placed || (row.kind !== 'object' && !(row.kind === 'list' && row.partly)));
  if (rows.length === 0) return <EmptyState title={t('noTargets')} text={t('noTargetsHint')} />;
  return (
    <div className="min-h-0 min-w-0 flex-1 overflow-auto bg-surface">
      <table className="w-full table-fixed border-separate border-spacing-0 text-left text-sm" aria-label={t('listView')}>
        <colgroup>
          <col className="w-[26%]" />
          <col className="w-[36%]" />
          <col className="w-[24%]" />
          <col />
        </colgroup>
        <thead>
          <tr className="sticky top-0 z-10 bg-surface text-xs text-subtle">
            {[t('columnTo'), t('columnFrom'), t('columnResult'), t('columnActions')].map((title) => (
              <th key={title} scope="col" className="h-9 border-b border-line px-3 font-medium">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ListRow key={row.key} row={row} apart={apart} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ListRow({ row, apart }: { row: TargetRow; apart: Apart }) {
  const { t } = useTranslation('mapper');
  const { findings, model, problemsAt, itemAt, edit } = useMapperContext();
  const selected = useMapper((state) => state.selected === row.key);
  const { placed } = row;
  const name = row.place.at(-1) === each ? `${placeText(row.place)} › ${t('eachItem')}` : placeText(row.place) || t('wholeResult');
  const isItem = row.place.at(-1) === each;
  const outer = placed?.loops ?? [];
  const loops: readonly LoopScope[] = isItem && placed?.rule.forEach
    ? [...outer, { ruleId: placed.rule.id, place: placed.place, loop: placed.rule.forEach }]
    : outer;
  const loop = isItem ? undefined : placed?.rule.forEach;
  const scope = { sources: model.sources, values: model.values, loops, tables: [], apart };
  const expression = loop?.in ?? placed?.rule.value;
  const value = placed && !placed.rule.forEach ? shownValue(findings.rules[placed.rule.id], loops, itemAt) : undefined;
  const problems = problemsAt(row.key);
  return (
    <tr className={cx(selected ? 'bg-accent-soft' : 'hover:bg-hover')}>
      <th scope="row" className="border-b border-line px-3 py-1.5 font-normal">
        <span className="one-line block" title={name}>
          {name}
          {row.required && <span className="text-danger-text"> *</span>}
        </span>
      </th>
      <td className="border-b border-line px-3 py-1.5">
        <span className="flex min-w-0 items-center gap-1 overflow-hidden">
          {loop && <Repeat aria-hidden="true" className="size-3.5 shrink-0 text-accent-text" />}
          {loop && <span className="shrink-0 text-xs text-muted">{t('forEachOf')}</span>}
          {expression ? (
            <ExpressionScopeContext value={scope}>
              <ExpressionView expression={expression} />
            </ExpressionScopeContext>
          ) : (
            <span className={cx('text-xs', row.required && !row.partly ? 'text-danger-text' : 'text-subtle')}>
              {row.required && !row.partly ? t('needsValue') : t('notFilled')}
            </span>
          )}
        </span>
      </td>
      <td className="border-b border-line px-3 py-1.5">
        <span className="one-line block text-xs text-muted">{value === undefined ? '' : previewOf(value, 120)}</span>
        {problems.map((problem) => (
          <span
            key={problem.code + problem.message}
            className={cx('flex items-start gap-1 text-xs', problem.severity === 'error' ? 'text-danger-text' : 'text-warn-text')}
          >
            {problem.severity === 'error'
              ? <CircleAlert aria-hidden="true" className="mt-0.5 size-3 shrink-0" />
              : <TriangleAlert aria-hidden="true" className="mt-0.5 size-3 shrink-0" />}
            {sentenceOf(problem)}
          </span>
        ))}
      </td>
      <td className="border-b border-line px-2 py-1">
        <span className="flex items-center">
          <Button size="sm" variant="ghost" icon={<Pencil />} aria-label={t('editField', { name })} onClick={() => selectTarget(row.key)}>
            {t('edit')}
          </Button>
          {placed && (
            <IconButton
              label={t('clearField', { name })}
              icon={<Trash2 />}
              onClick={() => edit(t('undo.clear', { name }), (document) => changeRule(document, placed.rule.id, () => undefined))}
            />
          )}
        </span>
      </td>
    </tr>
  );
}
