import { isObject, type Json, type JsonObject } from '@weft/json-schema';
import type { SentenceRef } from '@weft/sentences';
import type { Edge, FlowDocument } from '../document.ts';
import { portsOf } from '../graph/ports-of.ts';
import { stepOf } from '../graph/step-graph.ts';
import { stepOrder } from '../graph/step-order.ts';
import { sameEdge } from '../edit/connect.ts';
import { part, say } from '../sentences.en.ts';
import { stepBehaviour } from './behaviour-of.ts';
import { fieldChanged, orderChanged, stepChanged, titled } from './change-sentences.ts';
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
    if (!then) changes.push({ stepId, title: now.title, change: 'added', fields: [], ...say('flow.diff.stepAdded', { step: titled(now.title) }) });
    else {
      const fields = fieldChanges(stepBehaviour(then), stepBehaviour(now));
      if (fields.length > 0) changes.push({ stepId, title: now.title, change: 'changed', fields, ...stepChanged(now.title, fields) });
    }
  }
  for (const stepId of stepOrder(before)) {
    const { title } = before.steps[stepId]!;
    if (!stepOf(after, stepId)) changes.push({ stepId, title, change: 'removed', fields: [], ...say('flow.diff.stepRemoved', { step: titled(title) }) });
  }
  return changes;
}

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
    return changes.length > 0 ? changes : [{ path, ...orderChanged(path) }];
  }
  return [
    {
      path,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
      ...fieldChanged(path, before, after),
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
    ...added.map((edge): EdgeChange => ({ edge, change: 'added', ...say('flow.diff.edgeAdded', { edge: edgePart(after, edge) }) })),
    ...removed.map((edge): EdgeChange => ({ edge, change: 'removed', ...say('flow.diff.edgeRemoved', { edge: edgePart(before, edge) }) })),
  ];
}

function edgePart(flow: FlowDocument, edge: Edge): SentenceRef {
  const source = stepOf(flow, edge.from[0]);
  const title = (stepId: string) => titled(stepOf(flow, stepId)?.title ?? stepId);
  const [from, to] = [title(edge.from[0]), title(edge.to)];
  const port = source && portsOf(source).length > 1 ? portsOf(source).find(({ id }) => id === edge.from[1]) : undefined;
  return port ? part('flow.diff.way.port', { from, to, port: { message: port.title, sentence: port.sentence } }) : part('flow.diff.way', { from, to });
}

const own = (object: JsonObject, key: string): Json | undefined => (Object.hasOwn(object, key) ? object[key] : undefined);
