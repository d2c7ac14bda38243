import { createHash } from 'node:crypto';
import { polledPayload } from '@weft/connector-sdk/author';
import type { PolledItem } from '@weft/connector-sdk';
import type { Cursors, Engine, NewRun, RunOfEvent } from '@weft/engine';
import { equal, isObject, type Json } from '@weft/json-schema';
import { newId } from '../../db/ids.ts';
import type { Runner } from '../../runtime/runner.ts';
import { type Guard, type Task, unguarded } from '../../watchdog/guard.ts';
import type { PollingTrigger } from './polling-trigger.ts';

export interface SourceParts {
  engine: Pick<Engine, 'startTogether'>;
  substrate: Pick<Cursors, 'cursor' | 'seenEvents'>;
  runner: Pick<Runner, 'poll'>;
  /** Default: none. */
  guard?: Guard;
  now: () => number;
}

/** What is read, for which flow, and under which name it is remembered how far. */
export interface Reading {
  name: string;
  workspaceId: string;
  flowId: string;
  versionId: string;
  trigger: PollingTrigger;
  /** Before every item's id in the ids of events: readings that start runs of the same items anew have one of their own. */
  events: string;
  /** As what, for the guard, and who asks. */
  task: Pick<Task, 'kind' | 'by'>;
  /** Read again from there, in place of what the trigger says about the first time. */
  since?: string;
}

export interface ReadPage {
  /** Items that started runs. */
  started: number;
  /** Items so far, of this name. */
  done: number;
  more: boolean;
}

/** How far a source has been read. */
interface StoredCursor {
  source: string;
  cursor: Json;
  done: number;
  /** The source's earlier name, in the ids of its items. */
  seenAs?: string;
}

const itemsPerPage = 200;

type Stored = NonNullable<Awaited<ReturnType<Cursors['cursor']>>>;

/**
 * Reads what is new and starts its runs; the cursor moves in the same commit. Killed at any moment, nothing is missed and nothing
 * runs twice. @throws {ConnectorError} when the source cannot be read or reading it was stopped by the guard, {QueueFull} when its runs find no
 * place: nothing has moved then.
 */
export async function readPage(parts: SourceParts, asked: Reading, signal: AbortSignal): Promise<ReadPage> {
  const { name, workspaceId, flowId, versionId, task } = asked;
  const stored = await parts.substrate.cursor(name);
  const here: Task = { ...task, workspaceId, subject: flowId, state: [name, versionId, stored?.revision ?? 0] };
  return (parts.guard ?? unguarded).during(here, () => readBehind(stored, parts, asked, signal));
}

async function readBehind(stored: Stored | undefined, parts: SourceParts, asked: Reading, signal: AbortSignal): Promise<ReadPage> {
  const { name, workspaceId, trigger, since } = asked;
  const before = storedCursor(stored?.value, trigger.source);
  // Items keep the ids that they were seen under, where another connection leads to the same source.
  const reading = before?.seenAs === undefined ? asked : { ...asked, events: `item:${before.seenAs}:` };
  const baseline = !before && since === undefined && trigger.first === 'baseline';
  const page = await parts.runner.poll({
    workspaceId,
    use: trigger.use,
    connection: trigger.connection,
    config: trigger.config,
    signal,
    request: { cursor: before?.cursor ?? null, baseline, limit: itemsPerPage, since },
  });
  const items = baseline ? [] : await unseen(parts, reading, page.items);
  const done = (before?.done ?? 0) + items.length;
  const to: StoredCursor = { source: trigger.source, cursor: page.cursor, done, seenAs: before?.seenAs };
  // Nothing new is no reason to write.
  if (items.length === 0 && before && equal(before.cursor, page.cursor)) return { started: 0, done, more: page.more };
  const { runs, events } = runsOf(parts, reading, items);
  const moved = await parts.engine.startTogether(runs, { name, from: stored?.revision ?? 0, to: { ...to } }, events);
  return moved ? { started: items.length, done, more: page.more && !baseline } : { started: 0, done: before?.done ?? 0, more: false };
}

/** Without items that have started a run before, and each once. */
async function unseen({ substrate }: SourceParts, reading: Reading, items: PolledItem[]): Promise<PolledItem[]> {
  if (items.length === 0) return items;
  const byEvent = new Map(items.map((item) => [eventOf(reading, item), item]));
  const seen = new Set(await substrate.seenEvents(reading.flowId, [...byEvent.keys()]));
  return [...byEvent].filter(([event]) => !seen.has(event)).map(([, item]) => item);
}

function runsOf({ now }: SourceParts, reading: Reading, items: PolledItem[]): { runs: NewRun[]; events: RunOfEvent[] } {
  const { workspaceId, flowId, versionId, trigger } = reading;
  const createdAt = now();
  const polledAt = new Date(createdAt).toISOString();
  const runOf = (part: PolledItem[], eventId?: string): NewRun => ({
    runId: newId('run'),
    workspaceId,
    flowId,
    versionId,
    mode: 'live',
    payload: polledPayload(part, trigger.deliver, polledAt),
    createdAt,
    eventId,
  });
  if (trigger.deliver === 'each') return { runs: items.map((item) => runOf([item], eventOf(reading, item))), events: [] };
  if (items.length === 0) return { runs: [], events: [] };
  const run = runOf(items);
  return { runs: [run], events: items.map((item) => ({ flowId, eventId: eventOf(reading, item), runId: run.runId })) };
}

function eventOf({ events }: Reading, { id }: PolledItem): string {
  return `${events}${id.length <= 120 ? id : createHash('sha256').update(id).digest('base64url')}`;
}

/** Undefined before the first reading, and after the trigger was pointed at something else. */
function storedCursor(value: Json | undefined, source: string): StoredCursor | undefined {
  if (!isObject(value) || value['source'] !== source) return undefined;
  const { cursor = null, done, seenAs } = value;
  return { source, cursor, done: typeof done === 'number' ? done : 0, ...(typeof seenAs === 'string' && { seenAs }) };
}
