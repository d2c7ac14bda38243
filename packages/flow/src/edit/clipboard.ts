import { isObject, type SchemaIssue } from '@weft/json-schema';
import { emptyFlow, type Edge, type FlowDocument, type Step } from '../document.ts';
import { stepOf } from '../graph/step-graph.ts';
import { namesOf } from '../kinds/parts.ts';
import { parseFlow } from '../parse/parse-flow.ts';
import { withInner } from './remove-steps.ts';
import { renameRoots } from './rename-roots.ts';
import { uniqueStepId } from './unique-step-id.ts';

type Point = [x: number, y: number];

/** Copied steps as JSON: readable, mailable, pasted into any flow. */
export interface Clipboard {
  format: 'weft.clipboard/1';
  steps: Record<string, Step>;
  /** Those between the copied steps. */
  edges: Edge[];
  layout: Record<string, Point>;
}

export interface Pasted {
  flow: FlowDocument;
  /** The new steps, to select them. */
  stepIds: string[];
}

/** These steps with what is inside their loops. A step copied out of a loop that is not copied stands by itself. */
export function copySteps(flow: FlowDocument, stepIds: readonly string[]): Clipboard {
  const copied = withInner(flow, stepIds);
  const clipboard: Clipboard = { format: 'weft.clipboard/1', steps: {}, edges: [], layout: {} };
  for (const stepId of copied) {
    const { in: container, ...step } = flow.steps[stepId]!;
    clipboard.steps[stepId] = container !== undefined && copied.has(container) ? { ...step, in: container } : step;
    const at = flow.layout[stepId];
    if (at) clipboard.layout[stepId] = at;
  }
  clipboard.edges = flow.edges.filter(({ from, to }) => copied.has(from[0]) && copied.has(to));
  return clipboard;
}

/** Text or a value from the clipboard, which anybody may have put there. */
export function parseClipboard(value: unknown): { clipboard: Clipboard } | { issues: SchemaIssue[] } {
  if (!isObject(value) || value['format'] !== 'weft.clipboard/1') {
    return { issues: [{ path: ['format'], keyword: 'format', message: 'is not something copied from a Weft flow' }] };
  }
  const { steps = {}, edges = [], layout = {} } = value;
  const parsed = parseFlow({ ...emptyFlow(''), steps, edges, layout });
  if ('issues' in parsed) return parsed;
  return { clipboard: { format: 'weft.clipboard/1', steps: parsed.flow.steps, edges: parsed.flow.edges, layout: parsed.flow.layout } };
}

/**
 * Adds copied steps with fresh ids; references among them follow, references to others stay as they are.
 * @param at - where the top left of what is pasted goes.
 * @param into - the loop to paste into. A second trigger is left out: a flow has one.
 */
export function pasteSteps(flow: FlowDocument, clipboard: Clipboard, at: Point, into?: string): Pasted {
  const hasTrigger = Object.values(flow.steps).some(({ kind }) => kind === 'trigger');
  const pasted = Object.entries(clipboard.steps).filter(([, step]) => step.kind !== 'trigger' || (!hasTrigger && into === undefined));
  const names = freshNames(flow, pasted);
  const fresh = (stepId: string) => names.get(stepId) ?? stepId;
  const kept = new Set(pasted.map(([stepId]) => stepId));

  const steps = { ...flow.steps };
  const layout = { ...flow.layout };
  const [left, top] = cornerOf(clipboard, kept);
  for (const [stepId, step] of pasted) {
    const renamed = renameRoots(step, names);
    const container = step.in !== undefined && kept.has(step.in) ? fresh(step.in) : into;
    const { in: _before, ...rest } = renamed;
    steps[fresh(stepId)] = container === undefined ? rest : { ...rest, in: container };
    const [x, y] = clipboard.layout[stepId] ?? [left, top];
    layout[fresh(stepId)] = [x - left + at[0], y - top + at[1]];
  }
  const edges = clipboard.edges
    .filter(({ from, to }) => kept.has(from[0]) && kept.has(to))
    .map(({ from, to }): Edge => ({ from: [fresh(from[0]), from[1]], to: fresh(to) }));
  return { flow: { ...flow, steps, layout, edges: [...flow.edges, ...edges] }, stepIds: pasted.map(([stepId]) => fresh(stepId)) };
}

/** The steps once more, a little to the side. */
export function duplicateSteps(flow: FlowDocument, stepIds: readonly string[]): Pasted {
  const clipboard = copySteps(flow, stepIds);
  const [left, top] = cornerOf(clipboard, new Set(Object.keys(clipboard.steps)));
  const containers = new Set(stepIds.map((stepId) => stepOf(flow, stepId)?.in));
  const [container] = containers.size === 1 ? containers : [undefined];
  return pasteSteps(flow, clipboard, [left + 40, top + 40], container);
}

/** New ids for every step, and new names for loop items that would shadow a name of the flow. */
function freshNames(flow: FlowDocument, pasted: [string, Step][]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const rename = (name: string) => {
    const free = uniqueStepId(flow, name, taken);
    taken.add(free);
    if (free !== name) names.set(name, free);
  };
  for (const [stepId] of pasted) rename(stepId);
  for (const [, step] of pasted) for (const name of namesOf(step)) rename(name);
  return names;
}

function cornerOf(clipboard: Clipboard, kept: ReadonlySet<string>): Point {
  const points = Object.entries(clipboard.layout).filter(([stepId]) => kept.has(stepId));
  if (points.length === 0) return [0, 0];
  return [Math.min(...points.map(([, [x]]) => x)), Math.min(...points.map(([, [, y]]) => y))];
}
