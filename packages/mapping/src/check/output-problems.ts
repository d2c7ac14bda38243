import { isNumberInDigits, type Json, type JsonSchema, type Path, type SchemaValidator } from '@weft/json-schema';
import type { MappingDocument } from '../document.ts';
import { previewMapping } from '../preview-mapping.ts';
import type { MappingContext } from '../run.ts';
import { say } from '../sentences.en.ts';
import type { MappingProblem } from './problem.ts';
import { targetName, type RulePlace } from './rule-places.ts';

const context: MappingContext = { now: new Date(), seed: 'preview' };

export interface OutputCheck {
  document: MappingDocument;
  samples: Readonly<Record<string, Json>>;
  target: JsonSchema;
  places: readonly RulePlace[];
  validator: SchemaValidator;
  timezone?: string | undefined;
}

/** What happens on the samples: rules that fail, and output that the target refuses, each tied to its rule. */
export function outputProblems({ document, samples, target, places, validator, timezone }: OutputCheck): MappingProblem[] {
  const { output, rules } = previewMapping(document, samples, timezone === undefined ? context : { ...context, timezone }, target);
  const failing = places.flatMap(({ rule, path }): MappingProblem[] => {
    const { error } = rules[rule.id] ?? {};
    if (!error) return [];
    const words = say('mapping.sample.fails', { target: targetName(path, target), why: error });
    return [{ code: 'mapping.fails', severity: 'warning', ruleId: rule.id, path, ...words }];
  });
  const seen = new Set<string>();
  const refused = validator.validate(target, output).flatMap((issue): MappingProblem[] => {
    if (isNumberInDigits(issue, target, output)) return [];
    const path = issue.path.map((segment) => (/^\d+$/.test(segment) ? '0' : segment));
    const key = `${path.join('\0')}\0${issue.keyword}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const owner = ownerOf(path, places);
    return [
      {
        code: 'mapping.output',
        severity: 'warning',
        ruleId: owner?.rule.id,
        path,
        ...say('mapping.sample.refused', { target: targetName(path, target), issue }),
      },
    ];
  });
  return [...failing, ...refused];
}

/** The rule that wrote this place, or the nearest one around it. */
function ownerOf(path: Path, places: readonly RulePlace[]): RulePlace | undefined {
  const around = places.filter((place) => place.path.every((segment, index) => segment === path[index]));
  return around.sort((left, right) => right.path.length - left.path.length)[0];
}
