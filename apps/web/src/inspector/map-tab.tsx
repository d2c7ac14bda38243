import { inputOf, type MappedStep } from '@weft/flow';
import { ArrowRightLeft, Repeat } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { openMapper } from '../editor/state/index.ts';
import { ExpressionScopeContext } from '../mapper/expression/expression-scope.ts';
import { ExpressionView } from '../mapper/expression/expression-view.tsx';
import { apartIn } from '../mapper/expression/tell-apart.ts';
import { placeText } from '../mapper/mapper-model.ts';
import { placedRules } from '../mapper/rules/places.ts';
import { useModel } from '../mapper/use-model.ts';
import { Button } from '../ui/index.ts';
import './words.ts';

/** The mapping at a glance; it is edited in the mapper, over the canvas. */
export function MapTab({ stepId, step }: { stepId: string; step: MappedStep }) {
  const { t } = useTranslation('inspector');
  const model = useModel(stepId);
  const apart = useMemo(() => apartIn(model), [model]);
  const placed = placedRules(inputOf(step));
  return (
    <>
      <Button variant="primary" icon={<ArrowRightLeft />} className="self-start" onClick={() => openMapper(stepId)}>
        {t('openMapper')}
      </Button>
      {placed.length === 0 ? (
        <p className="text-sm text-muted">{t('nothingMapped')}</p>
      ) : (
        <ul className="flex flex-col rounded-md border border-line">
          {placed.map(({ rule, place, loops }) => (
            <li key={rule.id} className="border-b border-line last:border-b-0">
              <button
                type="button"
                className="grid w-full grid-cols-[minmax(0,2fr)_minmax(0,3fr)] items-center gap-2 px-2.5 py-1.5 text-left hover:bg-hover"
                onClick={() => openMapper(stepId, { ruleId: rule.id })}
              >
                <span className="one-line text-xs" style={{ paddingLeft: loops.length * 10 }} title={placeText(place)}>
                  {loops.length > 0 ? placeText(rule.to) : placeText(place) || t('wholeResult')}
                </span>
                <ExpressionScopeContext value={{ sources: model.sources, values: model.values, loops, tables: [], apart }}>
                  <span className="flex min-w-0 items-center gap-1 overflow-hidden">
                    {rule.forEach && <Repeat aria-hidden="true" className="size-3.5 shrink-0 text-accent-text" />}
                    {(rule.forEach?.in ?? rule.value) && <ExpressionView expression={rule.forEach?.in ?? rule.value ?? { path: [] }} />}
                  </span>
                </ExpressionScopeContext>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
