import { checkExpression } from '@weft/mapping';
import type { Problem } from '../problem.ts';
import { isExpressionPart, partsOf } from '../kinds/parts-of.ts';
import { schemasOf, sourcesReadBy } from '../schemas/scope.ts';
import { forEachStep } from './check.ts';
import { sourceTitles } from './source-titles.ts';

/** Conditions, lists, dates and keys read what is there, and give what they must. That one is missing is its kind's to say. */
export const expressions = forEachStep((check, stepId, step) =>
  partsOf(step)
    .filter(isExpressionPart)
    .flatMap(({ path, expression, expect, readsInside, unused }): Problem[] => {
      if (!expression || unused) return [];
      const sources = readsInside ? check.collectSources(stepId) : check.sources(stepId);
      return checkExpression(expression, {
        sources: schemasOf(sourcesReadBy(expression, sources)),
        titles: sourceTitles(check.flow),
        expect,
      }).map(({ code, severity, message, sentence }) => ({
        code,
        severity,
        stepId,
        path: [...path],
        message,
        sentence,
      }));
    }),
);
