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
  const [part, ...field] = path;
  const isMapped = ruleId !== undefined && hasRule(inputOf(step)?.rules ?? [], ruleId);
  const inMapper = isMapped || (part === 'input' && field.length > 0 && !hasForm(step));
  showInspectorTab(tabOfPlace(step, { path, ruleId }));
  if (inMapper) openMapper(stepId, isMapped ? { ruleId } : { target: field });
  else drawAttention();
}

/** The part of the inspector that shows it. */
export function tabOfPlace(step: Step, { path: [part = '', ...field] = [], ruleId }: Pick<StepPlace, 'path' | 'ruleId'>): InspectorTab {
  const inMapper = part === 'input' && (field.length > 0 || ruleId !== undefined);
  return inMapper && !hasForm(step) ? 'map' : (tabs[part] ?? 'setup');
}

/** The input is a form on the first tab, but for steps of which it is all there is: that is filled in the mapper. */
const hasForm = ({ kind }: Step): boolean => kind !== 'transform' && kind !== 'approval';

const tabs: Record<string, InspectorTab> = { retry: 'options', timeoutMs: 'options', onError: 'options', delivery: 'options', samples: 'test', pinned: 'test' };

const hasRule = (rules: readonly Rule[], ruleId: string): boolean => rules.some(({ id, rules: inner = [] }) => id === ruleId || hasRule(inner, ruleId));
