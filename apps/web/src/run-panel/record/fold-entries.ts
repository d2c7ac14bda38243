import { itemKeyOf, loopKeyOf, stepIdOf } from '@weft/flow';
import { itemRecord } from './item-record.ts';
import type { Attempt, ItemRecord, JournalEntry, RunRecord, StepRecord, StepStatus } from './run-record.ts';

/**
 * The record after more facts became known. The same fact may arrive twice, early or late, once without its large values and
 * once with them: the result is the same. Records of other steps keep their identity.
 */
export function foldEntries(record: RunRecord, entries: readonly JournalEntry[]): RunRecord {
  if (entries.length === 0) return record;
  const { steps, items, inside, turns } = record;
  const draft: Draft = { steps: new Map(steps), items: new Map(items), inside: new Map(inside), turns: new Map(turns), own: new Set(), touched: new Set() };
  for (const entry of entries) {
    const made = after(draft.steps.get(entry.stepKey) ?? enter(draft, entry.stepKey), entry);
    put(draft, made);
    beginLoops(draft, made);
  }
  for (const itemKey of draft.touched) {
    const keys = draft.inside.get(itemKey) ?? [];
    draft.turns.set(itemKey, itemRecord(itemKey, keys.flatMap((key) => draft.steps.get(key) ?? [])));
  }
  return { steps: draft.steps, items: draft.items, inside: draft.inside, turns: draft.turns };
}

interface Draft {
  steps: Map<string, StepRecord>;
  items: Map<string, readonly string[]>;
  inside: Map<string, readonly string[]>;
  turns: Map<string, ItemRecord>;
  /** Items with a step that changed. */
  touched: Set<string>;
  /** Lists that belong to this draft already and may be added to. */
  own: Set<readonly string[]>;
}

function put(draft: Draft, step: StepRecord): void {
  draft.steps.set(step.key, step);
  if (step.itemKey !== undefined) draft.touched.add(step.itemKey);
}

/** A step that was not known yet, with the item and the loop around it. */
function enter(draft: Draft, key: string): StepRecord {
  const stepId = stepIdOf(key);
  const itemKey = itemKeyOf(key);
  if (itemKey !== undefined) {
    const loopKey = loopKeyOf(itemKey);
    if (!draft.steps.has(loopKey)) enter(draft, loopKey);
    if (!draft.inside.has(itemKey)) append(draft, draft.items, loopKey, itemKey);
    append(draft, draft.inside, itemKey, key);
  }
  const made: StepRecord = { key, stepId, itemKey, status: 'running', attempts: [], warnings: [] };
  put(draft, made);
  return made;
}

/** A loop says nothing when it starts: its first item does. */
function beginLoops(draft: Draft, { itemKey, startedAt }: StepRecord): void {
  if (itemKey === undefined || startedAt === undefined) return;
  const loop = draft.steps.get(loopKeyOf(itemKey));
  if (!loop || (loop.startedAt !== undefined && loop.startedAt <= startedAt)) return;
  const earlier = { ...loop, startedAt };
  put(draft, earlier);
  beginLoops(draft, earlier);
}

function append(draft: Draft, lists: Map<string, readonly string[]>, name: string, value: string): void {
  const known = lists.get(name);
  if (known !== undefined && draft.own.has(known)) {
    // Its own list: nobody else has seen it.
    (known as string[]).push(value);
    return;
  }
  const made = [...(known ?? []), value];
  draft.own.add(made);
  lists.set(name, made);
}

function after(before: StepRecord, entry: JournalEntry): StepRecord {
  const attempts = withAttempt(before.attempts, entry);
  const first = attempts[0];
  const last = attempts.at(-1);
  // An operation that has waited for its turn starts once more, and then it waits no longer.
  const wait = entry.kind === 'started' ? entry.wait : before.wait;
  const status = last ? statusOf(last, wait !== undefined) : before.status;
  const startedAt = earliest(before.startedAt, first?.startedAt ?? first?.endedAt);
  const isOver = status !== 'running' && status !== 'waiting' && status !== 'parked';
  const { endedAt: _ended, error: _error, wait: _wait, ...kept } = before;
  return {
    ...kept,
    status,
    attempts,
    ...(startedAt !== undefined && { startedAt }),
    ...(isOver && last?.endedAt !== undefined && { endedAt: last.endedAt }),
    error: last?.error,
    ...(entry.input !== undefined && { input: entry.input }),
    ...(entry.output !== undefined && { output: entry.output }),
    ...(entry.large && { large: { ...before.large, ...entry.large } }),
    ...(entry.port !== undefined && { port: entry.port }),
    wait,
    ...(entry.warnings && { warnings: entry.warnings }),
  };
}

function withAttempt(attempts: readonly Attempt[], entry: JournalEntry): readonly Attempt[] {
  const at = attempts.findIndex(({ number }) => number === entry.attempt);
  const before = attempts[at] ?? { number: entry.attempt };
  const made: Attempt =
    entry.kind === 'started'
      ? { ...before, startedAt: entry.at }
      : {
          ...before,
          endedAt: entry.at,
          outcome: entry.kind,
          ...(entry.error && { error: entry.error }),
          ...(entry.retryAt !== undefined && { retryAt: entry.retryAt }),
        };
  if (at >= 0) return attempts.with(at, made);
  return [...attempts, made].sort((a, b) => a.number - b.number);
}

function statusOf({ outcome, retryAt }: Attempt, parks: boolean): StepStatus {
  if (outcome === undefined) return parks ? 'parked' : 'running';
  return outcome === 'failed' && retryAt !== undefined ? 'waiting' : outcome;
}

const earliest = (a: number | undefined, b: number | undefined): number | undefined => (a === undefined ? b : b === undefined ? a : Math.min(a, b));
