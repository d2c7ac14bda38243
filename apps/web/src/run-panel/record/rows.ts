import { stepOrder, type FlowDocument } from '@weft/flow';
import { isObject } from '@weft/json-schema';
import { itemsOf } from './item-record.ts';
import type { ItemRecord, RunRecord, StepRecord, StepStatus } from './run-record.ts';

/** `pending`: its turn may come. `notReached`: the run ended before. `interrupted`: the run ended while it was at work. */
export type RowStatus = StepStatus | 'pending' | 'notReached' | 'interrupted';

interface RowFrame {
  /** Of the record or item it shows; the run itself is `''`, a step without a record goes by its id. */
  key: string;
  /** 1 for the run, 2 for its steps, … */
  level: number;
  position: number;
  siblings: number;
  /** Whether there is something below; undefined where there never is. */
  open?: boolean;
  parent?: string;
}

export type Row = RowFrame &
  (
    | { kind: 'run' }
    | {
        kind: 'step';
        stepId: string;
        status: RowStatus;
        record?: StepRecord;
        /** In a loop with a single step inside, item and step are one row: the number of the item, from 0. */
        item?: number;
        /** Of a loop: how many items it went through, how many of them are known here, and how many of those failed. */
        items?: { total: number; known: number; failed: number; failedKnown: number; isStream?: true };
      }
    | { kind: 'item'; status: RowStatus; item: ItemRecord }
  );

export interface RowOptions {
  flow: FlowDocument;
  record: RunRecord;
  /** The run has ended: nothing is pending any more. */
  isOver: boolean;
  /** The run is back in the queue: what had begun waits. Default false. */
  isAside?: boolean;
  /** Keys that a person opened or closed, against what is open by itself. */
  toggled: ReadonlySet<string>;
  /** Of loops, only items that failed. */
  failedOnly: boolean;
  /** Of loops over streams, what they counted: hardly any of their items leave entries. */
  streams?: ReadonlyMap<string, { read: number; failed: number }>;
  /** What the run opens with: the loops and items around it are open by themselves. */
  matters?: string;
}

export const runKey = '';
/** Loops up to this size are open by themselves. */
const openItems = 50;

/** What the list of a run shows: the run, its steps in the order they run, and the items of the loops that are open. */
export function rowsOf(options: RowOptions): Row[] {
  const { flow } = options;
  const steps = stepsInside(flow, undefined);
  const rows: Row[] = [{ kind: 'run', key: runKey, level: 1, position: 1, siblings: 1, open: true }];
  steps.forEach((stepId, at) => {
    addStep(rows, options, { stepId, key: stepId, level: 2, position: at + 1, siblings: steps.length, parent: runKey });
  });
  return rows;
}

/** What a row says about how it went. */
export function rowStatus(status: StepStatus | undefined, isOver: boolean, isAside = false): RowStatus {
  if (status === undefined) return isOver ? 'notReached' : 'pending';
  if (isAside && status === 'running') return 'parked';
  return isOver && (status === 'running' || status === 'waiting' || status === 'parked') ? 'interrupted' : status;
}

function addStep(rows: Row[], options: RowOptions, frame: RowFrame & { stepId: string; item?: number }): void {
  const { record, isOver, isAside, flow } = options;
  const found = record.steps.get(frame.key);
  const status = rowStatus(found?.status, isOver, isAside);
  const common = { ...frame, kind: 'step' as const, status, record: found };
  const stream = options.streams?.get(frame.key);
  if (flow.steps[frame.stepId]?.kind !== 'forEach' || !record.items.has(frame.key)) {
    rows.push(stream ? { ...common, items: { total: stream.read, known: 0, failed: stream.failed, failedKnown: 0, isStream: true } } : common);
    return;
  }
  const all = itemsOf(record, frame.key).flatMap((key) => record.turns.get(key) ?? []);
  const failed = all.filter((item) => item.status === 'failed');
  const items = options.failedOnly ? failed : all;
  const open = options.toggled.has(frame.key) !== (items.length <= openItems || options.matters?.startsWith(`${frame.key}[`) === true);
  rows.push({
    ...common,
    open,
    items: {
      total: Math.max(all.length, countOf(found), stream?.read ?? 0),
      known: all.length,
      failed: Math.max(failed.length, stream?.failed ?? 0),
      failedKnown: failed.length,
      ...(stream && { isStream: true as const }),
    },
  });
  if (open) addItems(rows, options, { loop: frame, items });
}

/** What the loop itself counted: of a long one not every item leaves entries. 0 while it is at work. */
function countOf(loop: StepRecord | undefined): number {
  if (!isObject(loop?.output)) return 0;
  const { succeeded, failed, skipped } = loop.output;
  return [succeeded, failed, skipped].reduce<number>((sum, count) => sum + (typeof count === 'number' ? count : 0), 0);
}

function addItems(rows: Row[], options: RowOptions, { loop, items }: { loop: RowFrame & { stepId: string }; items: ItemRecord[] }): void {
  const inner = stepsInside(options.flow, loop.stepId);
  const single = inner.length === 1 ? inner[0] : undefined;
  items.forEach((item, at) => {
    const frame: RowFrame = { key: item.key, level: loop.level + 1, position: at + 1, siblings: items.length, parent: loop.key };
    if (single !== undefined) {
      addStep(rows, options, { ...frame, key: `${item.key}/${single}`, stepId: single, item: item.index });
      return;
    }
    const open = options.toggled.has(item.key) !== (options.matters?.startsWith(`${item.key}/`) === true);
    rows.push({ ...frame, kind: 'item', status: rowStatus(item.status, options.isOver, options.isAside), item, open });
    if (!open) return;
    inner.forEach((stepId, place) => {
      addStep(rows, options, { stepId, key: `${item.key}/${stepId}`, level: frame.level + 1, position: place + 1, siblings: inner.length, parent: item.key });
    });
  });
}

const insides = new WeakMap<FlowDocument, Map<string | undefined, string[]>>();

/** The steps of one loop, or of the flow itself, in running order. */
export function stepsInside(flow: FlowDocument, loop: string | undefined): readonly string[] {
  let known = insides.get(flow);
  if (!known) {
    known = new Map();
    for (const id of stepOrder(flow)) {
      const around = flow.steps[id]?.in;
      known.set(around, [...(known.get(around) ?? []), id]);
    }
    insides.set(flow, known);
  }
  return known.get(loop) ?? [];
}
