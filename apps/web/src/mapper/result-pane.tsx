import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { DataView } from '../data-view/index.ts';
import { sentenceOf } from '../locales/sentence-of.ts';
import { useMapperContext } from './mapper-context.ts';
import { selectTarget } from './mapper-state.ts';
import { placedRules, placeKey } from './rules/places.ts';
import './words.ts';

/** What the whole mapping gives on the chosen sample, and whether the target takes it. */
export function ResultPane() {
  const { t } = useTranslation('mapper');
  const { findings, model } = useMapperContext();
  const errors = findings.problems.filter(({ severity }) => severity === 'error');
  const warnings = findings.problems.length - errors.length;
  const places = new Map(placedRules(model.document).map(({ rule, place }) => [rule.id, placeKey(place)]));
  return (
    <section aria-label={t('resultTitle')} className="flex min-h-0 min-w-0 flex-col border-l border-line bg-surface">
      <div className="flex h-12 shrink-0 items-center gap-2 border-b border-line px-3">
        <h3 className="text-sm font-semibold">{t('resultTitle')}</h3>
        <span className="ml-auto inline-flex items-center gap-1 text-xs">
          {errors.length > 0 ? (
            <>
              <CircleAlert aria-hidden="true" className="size-4 text-danger" />
              <span className="text-danger-text">{t('problems', { count: errors.length })}</span>
            </>
          ) : warnings > 0 ? (
            <>
              <TriangleAlert aria-hidden="true" className="size-4 text-warn" />
              <span className="text-warn-text">{t('warnings', { count: warnings })}</span>
            </>
          ) : (
            <>
              <CircleCheck aria-hidden="true" className="size-4 text-ok" />
              <span className="text-ok-text">{t('fits')}</span>
            </>
          )}
        </span>
      </div>
      {findings.problems.length > 0 && (
        <ul className="max-h-36 shrink-0 overflow-auto border-b border-line py-1">
          {findings.problems.map((problem, index) => {
            const key = (problem.ruleId !== undefined ? places.get(problem.ruleId) : undefined) ?? placeKey(problem.path ?? []);
            return (
              // oxlint-disable-next-line react/no-array-index-key
              <li key={`${problem.code}${index}`}>
                <button type="button" className="flex w-full items-start gap-1.5 px-3 py-1 text-left text-xs hover:bg-hover" onClick={() => selectTarget(key)}>
                  {problem.severity === 'error'
                    ? <CircleAlert aria-hidden="true" className="mt-0.5 size-3.5 shrink-0 text-danger" />
                    : <TriangleAlert aria-hidden="true" className="mt-0.5 size-3.5 shrink-0 text-warn" />}
                  {sentenceOf(problem)}
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <DataView value={findings.output} schema={model.target} title={t('resultData')} className="flex-1" />
    </section>
  );
}
