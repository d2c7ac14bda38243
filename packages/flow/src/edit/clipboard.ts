import { defined, isObject, type SchemaIssue } from '@weft/json-schema';
import { say } from '../sentences.en.ts';
import { emptyFlow, type Edge, type FlowDocument, type Step } from '../document.ts';
import { stepOf } from '../graph/step-graph.ts';
import { triggerOf } from '../graph/trigger-of.ts';
import { namesOf, rootsReadBy } from '../kinds/parts-of.ts';
import { parseFlow } from '../parse/parse-flow.ts';
import { withInner } from './remove-steps.ts';
import { renameRoots } from './rename-roots.ts';
import { freeName, namesIn, namesTaken } from './unique-step-id.ts';

type Point = [x: number, y: number];

/** Copied steps as JSON: readable, mailable, pasted into any flow. */
export interface Clipboard {
  format: 'weft.clipboard/1';
  /** Id of the flow that they were copied from: only there do names of other steps mean the same steps. */
  from?: string;
  steps: Record<string, Step>;
  /** Edges between copied steps. */
  edges: Edge[];
  layout: Record<string, Point>;
}

export interface Pasted {
  flow: FlowDocument;
  /** The new steps, to select them. */
  stepIds: string[];
}

/**
 * These steps with what is inside their loops. A step copied out of a loop that is not copied stands by itself.
 * @param flowId - of the flow, where it has one.
 */
export function copySteps(flow: FlowDocument, stepIds: readonly string[], flowId?: string): Clipboard {
  const copied = withInner(flow, stepIds);
  const clipboard: Clipboard = defined({ format: 'weft.clipboard/1', from: flowId, steps: {}, edges: [], layout: {} });
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
    return { issues: [{ path: ['format'], keyword: 'format', ...say('flow.read.noClipboard') }] };
  }
  const { steps = {}, edges = [], layout = {}, from } = value;
  const parsed = parseFlow({ ...emptyFlow(''), steps, edges, layout });
  if ('issues' in parsed) return parsed;
  return {
    clipboard: {
      format: 'weft.clipboard/1',
      ...(typeof from === 'string' && { from }),
      steps: parsed.flow.steps,
      edges: parsed.flow.edges,
      layout: parsed.flow.layout,
    },
  };
}

export interface PasteOptions {
  /** The loop to paste into. */
  into?: string | undefined;
  /** Of the flow pasted into, where it has one. */
  flowId?: string | undefined;
}

/**
 * Adds copied steps with fresh ids; references among them follow. References to others stay as they are in the flow that they were
 * copied from; in another flow a step of the same name is a stranger, so they get a name that nobody has, which the problems show.
 * A second trigger is left out: a flow has one.
 * @param at - where the top left of what is pasted goes.
 */
export function pasteSteps(flow: FlowDocument, clipboard: Clipboard, at: Point, { into, flowId }: PasteOptions = {}): Pasted {
  const hasTrigger = triggerOf(flow) !== undefined;
  const pasted = Object.entries(clipboard.steps).filter(([, step]) => step.kind !== 'trigger' || (!hasTrigger && into === undefined));
  const names = freshNames(flow, pasted, flowId !== undefined && clipboard.from === flowId);
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
  // It may have no id of its own yet, and is the same flow all the same.
  const clipboard = copySteps(flow, stepIds, 'itself');
  const [left, top] = cornerOf(clipboard, new Set(Object.keys(clipboard.steps)));
  const containers = new Set(stepIds.map((stepId) => stepOf(flow, stepId)?.in));
  const [container] = containers.size === 1 ? containers : [undefined];
  return pasteSteps(flow, clipboard, [left + 40, top + 40], { into: container, flowId: 'itself' });
}

/**
 * New ids for every step, new names for loop items that would shadow a name of the flow, and for steps that are not here.
 * @param isSameFlow - what was cut out of it comes back under its own name, and what it reads is what it read.
 */
function freshNames(flow: FlowDocument, pasted: [string, Step][], isSameFlow: boolean): Map<string, string> {
  const names = new Map<string, string>();
  const given = namesIn(flow);
  const own = new Set([...pasted.map(([stepId]) => stepId), ...pasted.flatMap(([, step]) => namesOf(step))]);
  const outside = [...new Set(pasted.flatMap(([, step]) => [...rootsReadBy(step)]))].filter((name) => !own.has(name));
  // What is pasted reads these, so nothing that is pasted may be called so.
  const taken = new Set([...(isSameFlow ? given : namesTaken(flow)), ...outside]);
  const rename = (name: string) => {
    const free = taken.has(name) ? freeName(name, taken) : name;
    taken.add(free);
    if (free !== name) names.set(name, free);
  };
  for (const name of own) rename(name);
  if (!isSameFlow) for (const name of outside) if (given.has(name)) rename(name);
  return names;
}

function cornerOf(clipboard: Clipboard, kept: ReadonlySet<string>): Point {
  const points = Object.entries(clipboard.layout).filter(([stepId]) => kept.has(stepId));
  if (points.length === 0) return [0, 0];
  return [Math.min(...points.map(([, [x]]) => x)), Math.min(...points.map(([, [, y]]) => y))];
}
