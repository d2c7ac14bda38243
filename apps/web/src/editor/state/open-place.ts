import { inputOf, type Step } from '@weft/flow';
import type { Rule } from '@weft/mapping';
import { drawAttention, openMapper, showInspectorTab, type InspectorTab } from './inspector-state.ts';
import { openStep, useEditor } from './store.ts';

/** Where in a step something is: of a problem, or of a run's error. */
export interface StepPlace {
  stepId: string;
  /** `['config', 'url']`, `['input', 'body', 'email']` … */
  path?: readonly string[] | undefined;
  ruleId?: string | undefined;
}

/** Opens the step at the tab where it is: a mapped field in the mapper with its value, another one with the focus in it. */
export function openPlace({ stepId, path = [], ruleId }: StepPlace): void {
  const step = useEditor.getState().document.steps[stepId];
  if (!step) return;
  openStep(stepId);
  const [part = '', ...field] = path;
  const isMapped = ruleId !== undefined && hasRule(inputOf(step)?.rules ?? [], ruleId);
  const inMapper = isMapped || (part === 'input' && field.length > 0 && !hasForm(step));
  showInspectorTab(inMapper && !hasForm(step) ? 'map' : tabOf(part));
  if (inMapper) openMapper(stepId, isMapped ? { ruleId } : { target: field });
  else drawAttention();
}

/** The input of operations is a form on the first tab. */
const hasForm = (step: Step): boolean => step.kind === 'action' || step.kind === 'trigger';

const tabs: Record<string, InspectorTab> = { retry: 'options', timeoutMs: 'options', onError: 'options', delivery: 'options', samples: 'test', pinned: 'test' };

const tabOf = (part: string): InspectorTab => tabs[part] ?? 'setup';

const hasRule = (rules: readonly Rule[], ruleId: string): boolean => rules.some(({ id, rules: inner = [] }) => id === ruleId || hasRule(inner, ruleId));
