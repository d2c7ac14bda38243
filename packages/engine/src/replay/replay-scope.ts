import { containersOf, downstreamOf, itemKeysOf, loopKeysOf, stepGraph, stepIdOf, type FlowDocument } from '@weft/flow';
import type { JournalEntry } from '../journal.ts';
import { fatesOf, isSettledFate } from './fates.ts';

/** Which steps of a flow a replay does again, and where. */
export interface ReplayScope {
  /** True where this step is done again, whatever came of it. */
  isAgain(stepKey: string): boolean;
  /** True where this loop is gone through again, and its items keep what they have. */
  isReopened(stepKey: string): boolean;
  /** True where the step is done again at some place. */
  mayRun(stepId: string): boolean;
}

export interface ScopeRequest {
  flow: FlowDocument;
  /** A step's id, or its key with the loop path. */
  from: string;
  /** Steps that have to be done again as well. */
  changed: ReadonlySet<string>;
  entries: readonly JournalEntry[];
}

export function scopeOfReplay({ flow, from, changed, entries }: ScopeRequest): ReplayScope {
  const parts = [chosenPart(flow, from), ...[...changed].map((stepId) => changedPart(flow, stepId, from, entries))].flat();
  const loops = new Set([...changed].flatMap((stepId) => containersOf(flow, stepId)));
  const path = new Set(loopKeysOf(from));
  const around = from.includes('/') ? new Set<string>() : new Set(containersOf(flow, from));
  return {
    isAgain: (stepKey) => parts.some(({ steps, isHere }) => steps.has(stepIdOf(stepKey)) && isHere(stepKey)),
    isReopened: (stepKey) => path.has(stepKey) || around.has(stepIdOf(stepKey)) || loops.has(stepIdOf(stepKey)),
    mayRun: (stepId) => parts.some(({ steps }) => steps.has(stepId)),
  };
}

interface Part {
  steps: ReadonlySet<string>;
  isHere(stepKey: string): boolean;
}

/** The chosen step and all after it in its own item; behind each loop around it, all after that loop. */
function chosenPart(flow: FlowDocument, from: string): Part[] {
  const items = itemKeysOf(from).toReversed();
  const chosen = stepIdOf(from);
  const own: Part = { steps: withAllAfter(flow, chosen), isHere: within(items[0]) };
  const behind = containersOf(flow, chosen).map((loop, at): Part => ({ steps: allAfter(flow, loop), isHere: within(items[at + 1]) }));
  return [own, ...behind];
}

/** A changed step is done again everywhere; in the loop of a chosen item only where an item has to be gone on with anyway. */
function changedPart(flow: FlowDocument, stepId: string, from: string, entries: readonly JournalEntry[]): Part[] {
  const around = containersOf(flow, stepId);
  const [fromItem] = itemKeysOf(from);
  const isSameLoop = fromItem !== undefined && stepIdOf(fromItem) === around.at(-1);
  const unfinished = isSameLoop ? unfinishedItems(entries).add(fromItem) : undefined;
  const isHere = (stepKey: string) => unfinished === undefined || unfinished.has(itemKeysOf(stepKey)[0] ?? '');
  const own: Part = { steps: withAllAfter(flow, stepId), isHere };
  return [own, ...around.map((loop, at): Part => ({ steps: allAfter(flow, loop), isHere: at === around.length - 1 ? () => true : isHere }))];
}

/** Outermost items in which something failed, or of which the end is not known. */
function unfinishedItems(entries: readonly JournalEntry[]): Set<string> {
  const keys = [...fatesOf(entries)].filter(([, fate]) => !isSettledFate(fate)).map(([stepKey]) => itemKeysOf(stepKey)[0]);
  return new Set(keys.filter((key) => key !== undefined));
}

const within = (itemKey: string | undefined) => (stepKey: string) => itemKey === undefined || stepKey.startsWith(`${itemKey}/`);

const withAllAfter = (flow: FlowDocument, stepId: string): Set<string> => withInside(flow, [stepId, ...downstreamOf(flow, stepId)]);
const allAfter = (flow: FlowDocument, stepId: string): Set<string> => withInside(flow, [...downstreamOf(flow, stepId)]);

function withInside(flow: FlowDocument, stepIds: string[]): Set<string> {
  const found = new Set(stepIds);
  for (const stepId of found) for (const inner of stepGraph(flow).inside.get(stepId) ?? []) found.add(inner);
  return found;
}
