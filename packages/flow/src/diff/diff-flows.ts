import { isObject, type Json, type JsonObject } from '@weft/json-schema';
import type { Edge, FlowDocument, Step } from '../document.ts';
import { portsOf } from '../graph/ports-of.ts';
import { stepOf } from '../graph/step-graph.ts';
import { stepOrder } from '../graph/step-order.ts';
import { sameEdge } from '../edit/connect.ts';
import { stepBehaviour } from './behaviour-of.ts';
import type { EdgeChange, FieldChange, FlowDiff, StepChange } from './flow-diff.ts';

/** What a person would want to know before publishing or restoring: every change of behaviour, in the order of the flow. */
export function diffFlows(before: FlowDocument, after: FlowDocument): FlowDiff {
  return { flow: flowFields(before, after), steps: stepChanges(before, after), edges: edgeChanges(before, after) };
}

export const isEmptyDiff = ({ flow, steps, edges }: FlowDiff): boolean => flow.length + steps.length + edges.length === 0;

function flowFields(before: FlowDocument, after: FlowDocument): FieldChange[] {
  const own = ({ title, description, settings }: FlowDocument): JsonObject => ({
    title,
    ...(description !== undefined && { description }),
    // Settings are JSON by their types, which have no index signature.
    ...(settings && { settings: { ...settings } as JsonObject }),
  });
  return fieldChanges(own(before), own(after));
}

function stepChanges(before: FlowDocument, after: FlowDocument): StepChange[] {
  const changes: StepChange[] = [];
  for (const stepId of stepOrder(after)) {
    const now = after.steps[stepId]!;
    const then = stepOf(before, stepId);
    if (!then) changes.push({ stepId, title: now.title, change: 'added', fields: [], sentence: `“${now.title}” was added.` });
    else {
      const fields = fieldChanges(stepBehaviour(then), stepBehaviour(now));
      if (fields.length > 0) changes.push({ stepId, title: now.title, change: 'changed', fields, sentence: changedSentence(now, fields) });
    }
  }
  for (const stepId of stepOrder(before)) {
    const { title } = before.steps[stepId]!;
    if (!stepOf(after, stepId)) changes.push({ stepId, title, change: 'removed', fields: [], sentence: `“${title}” was removed.` });
  }
  return changes;
}

const changedSentence = ({ title }: Step, fields: FieldChange[]) =>
  fields.length === 1 ? `“${title}”: ${lowerFirst(fields[0]!.sentence)}` : `“${title}” has ${fields.length} changes.`;

/** Object by object down to the values that differ; mapping rules and branch cases are told apart by their ids. */
function fieldChanges(before: JsonObject, after: JsonObject, path: string[] = []): FieldChange[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => valueChanges(own(before, key), own(after, key), [...path, key]));
}

function valueChanges(before: Json | undefined, after: Json | undefined, path: string[]): FieldChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (isRecordOfFields(path) && (isObject(before) || before === undefined) && (isObject(after) || after === undefined)) {
    return fieldChanges(before ?? {}, after ?? {}, path);
  }
  const [beforeById, afterById] = [byId(before), byId(after)];
  if (beforeById && afterById && (before || after)) {
    const changes = fieldChanges(beforeById, afterById, path);
    return changes.length > 0 ? changes : [{ path, sentence: `The order of ${nameOf(path)} changed.` }];
  }
  return [
    {
      path,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
      sentence: fieldSentence(path, before, after),
    },
  ];
}

/** Objects that are looked into; a schema, an expression or a rule is compared as a whole. */
function isRecordOfFields(path: string[]): boolean {
  const [first] = path;
  if (path.length === 1) return ['config', 'settings', 'use', 'retry', 'schemas', 'input'].includes(first!);
  if (path.length !== 2) return false;
  return (first === 'input' && path[1] !== 'rules') || (first === 'settings' && path[1] !== 'timezone');
}

/** Rules and cases keyed by their ids; undefined where the value is no such list. */
function byId(value: Json | undefined): JsonObject | undefined {
  if (value === undefined) return {};
  if (!Array.isArray(value)) return undefined;
  const items = value.filter((item) => isObject(item)).filter(({ id }) => typeof id === 'string');
  return items.length === value.length ? Object.fromEntries(items.map((item) => [String(item['id']), item])) : undefined;
}

function edgeChanges(before: FlowDocument, after: FlowDocument): EdgeChange[] {
  const missingIn = (edges: Edge[], edge: Edge) => !edges.some((other) => sameEdge(other, edge));
  const added = after.edges.filter((edge) => missingIn(before.edges, edge));
  const removed = before.edges.filter((edge) => missingIn(after.edges, edge));
  return [
    ...added.map((edge): EdgeChange => ({ edge, change: 'added', sentence: `${edgeText(after, edge)} is connected.` })),
    ...removed.map((edge): EdgeChange => ({ edge, change: 'removed', sentence: `${edgeText(before, edge)} is no longer connected.` })),
  ];
}

function edgeText(flow: FlowDocument, { from, to }: Edge): string {
  const source = stepOf(flow, from[0]);
  const title = (stepId: string) => `“${stepOf(flow, stepId)?.title ?? stepId}”`;
  const port = source && portsOf(source).length > 1 ? portsOf(source).find(({ id }) => id === from[1]) : undefined;
  return `${title(from[0])}${port ? ` (${port.title})` : ''} → ${title(to)}`;
}

function fieldSentence(path: string[], before: Json | undefined, after: Json | undefined): string {
  const name = upperFirst(nameOf(path, after ?? before));
  if (before === undefined) return `${name} was ${isShort(after) ? `set to ${shown(after)}` : 'added'}.`;
  if (after === undefined) return `${name} was removed.`;
  return isShort(before) && isShort(after) ? `${name} changed from ${shown(before)} to ${shown(after)}.` : `${name} changed.`;
}

const fieldNames: Record<string, string> = {
  title: 'the title',
  description: 'the description',
  in: 'the loop it is in',
  condition: 'the condition',
  items: 'the list it goes through',
  as: 'the name of the item',
  collect: 'what each item adds to the result',
  concurrency: 'how many items run at once',
  onItemError: 'what a failed item does',
  onError: 'what happens when it fails',
  timeoutMs: 'the time limit (ms)',
  retry: 'trying again',
  delivery: 'whether it may be done twice',
  connection: 'the connection',
  outcome: 'how the run ends',
  message: 'the message',
  kind: 'the kind of step',
  'settings.timezone': 'the time zone',
  'settings.concurrency.limit': 'the number of runs at once',
  'settings.concurrency.key': 'what runs one after another',
  'settings.runTitle': 'the field that runs are called by',
  'settings.retention.days': 'how many days runs are kept',
  'settings.retention.runs': 'how many runs are kept',
  'use.connector': 'the connector',
  'use.version': 'the connector’s version',
  'use.operation': 'the operation',
  'retry.attempts': 'the number of tries',
  'retry.backoff': 'how the pause between tries grows',
  'retry.delayMs': 'the pause before the next try (ms)',
  'schemas.input': 'the shape of what it gets',
  'schemas.output': 'the shape of what it gives',
  'input.rules': 'the mapping',
  'input.options': 'the options of the mapping',
  'input.tables': 'the lookup tables',
  'input.format': 'the format of the mapping',
  cases: 'the cases',
};

function nameOf(path: string[], value?: Json): string {
  if (path[0] === 'config' && path.length > 1) return `the setting “${path.slice(1).join(' › ')}”`;
  if (path[0] === 'input' && path[1] === 'rules' && isObject(value) && Array.isArray(value['to'])) {
    return `the mapping of “${value['to'].length === 0 ? 'everything' : value['to'].join(' › ')}”`;
  }
  if (path[0] === 'cases' && isObject(value)) return `the case “${String(value['title'])}”`;
  return fieldNames[path.join('.')] ?? fieldNames[path[0]!] ?? path.join(' › ');
}

const own = (object: JsonObject, key: string): Json | undefined => (Object.hasOwn(object, key) ? object[key] : undefined);
const isShort = (value: Json | undefined) => typeof value !== 'object' && String(value).length <= 60;
const shown = (value: Json | undefined) => (typeof value === 'string' ? `“${value}”` : String(value));
const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
