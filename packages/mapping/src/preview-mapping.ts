import type { Json, JsonSchema } from '@weft/json-schema';
import type { MappingError } from './compile-mapping.ts';
import { compileRules } from './compile/compile-rules.ts';
import { rootEnvironment } from './compile/environment.ts';
import type { MappingDocument, Rule } from './document.ts';
import { MappingFault, type MappingDocumentError } from './fault.ts';
import { Run, type Evaluate, type MappingContext, type Value } from './run.ts';

export interface RulePreview {
  /** What the rule gave, once for each turn of the loops around it; missing values are left out. At most 50. */
  values: Json[];
  /** For each value the zero-based position in each loop around the rule, outermost first. */
  at: number[][];
  /** The first thing that went wrong. */
  error?: Pick<MappingError, 'message' | 'sentence'>;
}

export interface MappingPreview {
  output: Json;
  rules: Record<string, RulePreview>;
}

const maxValues = 50;
const previewDeadlineMs = 250;

/**
 * Runs a mapping for the editor: the values of every rule, and each error at its rule.
 * Rules that cannot be compiled, or fail, leave the others alone. Never throws.
 */
export function previewMapping(
  document: MappingDocument,
  scope: Readonly<Record<string, Value>>,
  context: MappingContext,
  target?: JsonSchema,
): MappingPreview {
  // Without a prototype: ids come from the document.
  const rules: Record<string, RulePreview> = Object.create(null);
  const of = (id: string): RulePreview => (rules[id] ??= { values: [], at: [] });
  const wrap = (rule: Rule, evaluate: Evaluate, depth: number): Evaluate => (run) => {
    const preview = of(rule.id);
    try {
      const value = evaluate(run);
      if (value !== undefined && preview.values.length < maxValues) {
        preview.values.push(value);
        preview.at.push(run.indexes.slice(0, depth));
      }
      return value;
    } catch (fault) {
      if (!(fault instanceof MappingFault)) throw fault;
      note(preview, fault);
      if (fault.isFinal) throw fault;
      return undefined;
    }
  };
  const onProblem = (problem: MappingDocumentError): void => {
    if (problem.ruleId !== undefined) note(of(problem.ruleId), problem);
  };
  try {
    const bases: Evaluate[] = [];
    const evaluate = compileRules(document.rules, rootEnvironment(bases, document.tables, target), { onProblem, wrap });
    const limits = { deadlineMs: previewDeadlineMs, ...context.limits };
    const output = evaluate(new Run(scope, { ...context, limits }, bases, document.options?.timezone)) ?? {};
    return { output, rules: { ...rules } };
  } catch (fault) {
    // A final fault stands beside its rule; anything else is a document that is no mapping at all.
    if (fault instanceof Error) return { output: {}, rules: { ...rules } };
    throw fault;
  }
}

/** The first thing that goes wrong in a rule is the one that is shown. */
function note(preview: RulePreview, { message, sentence }: MappingFault | MappingDocumentError): void {
  preview.error ??= { message, sentence };
}
