import { setTimeout as sleep } from 'node:timers/promises';
import { and, desc, eq } from 'drizzle-orm';
import { RetryableError } from '@weft/connector-sdk';
import type { Catalogue, FlowDocument } from '@weft/flow';
import { isObject, type Json } from '@weft/json-schema';
import { type Engine, type NewRun, QueueFull } from '@weft/engine';
import type { Logger } from 'pino';
import { commit, statement } from '../../db/commit.ts';
import { newId } from '../../db/ids.ts';
import type { Db } from '../../db/open.ts';
import { backfills } from '../../db/schema/index.ts';
import type { Backfill, BackfillPreview } from '@weft/api';
import { Refused, invalid, notFound } from '../../refused.ts';
import { redactText } from '../../redact/redact.ts';
import { ConnectorHeld } from '../../runtime/runner.ts';
import { type Act, recorded } from '../../stores/audit/act.ts';
import type { FlowReader } from '../../stores/flows/reader.ts';
import { startable } from '../../stores/flows/startable.ts';
import { pollingOf } from '../polling/polling-trigger.ts';
import { readPage, type SourceParts } from '../polling/read-page.ts';
import { scheduleOf } from '../schedule/schedule-of.ts';
import { nextTimes } from '../schedule/times.ts';

export interface BackfillRange {
  /** Schedules: a moment. Sources: what its `since` says. */
  from: string;
  /** Schedules only: a moment. */
  to?: string;
}

/**
 * Runs that are made up for: a flow's schedule over moments of the past, or what its source gave before. In the background, a few
 * at a time; how far it is moves in the commit that starts the runs, so a process that dies goes on where it was.
 */
export interface Backfills {
  preview(workspaceId: string, flowId: string, range: BackfillRange): Promise<BackfillPreview>;
  begin(act: Act, workspaceId: string, flowId: string, range: BackfillRange): Promise<Backfill>;
  list(workspaceId: string, flowId: string): Promise<Backfill[]>;
  /** Runs that were started stay. */
  cancel(act: Act, workspaceId: string, flowId: string, backfillId: string): Promise<Backfill>;
  /** Goes on with what an earlier process has left. */
  open(): void;
  close(): Promise<void>;
}

export interface BackfillsOptions extends Omit<SourceParts, 'now' | 'engine'> {
  db: Db;
  engine: Pick<Engine, 'startTogether' | 'counts'>;
  flows: Pick<FlowReader, 'get' | 'live' | 'versionDocument'>;
  catalogue: Catalogue;
  log: Logger;
  progressed: (workspaceId: string, flowId: string) => void;
  now?: () => number;
}

export const maxTicks = 1_000;
const maxItems = 10_000;
const ticksPerCommit = 50;
/** Other flows have work too. */
const maxQueued = 500;
const pauseMs = 250;
const maxTries = 8;
const pageTimeoutMs = 60_000;
const shown = 20;

type Row = typeof backfills.$inferSelect;

export function createBackfills(options: BackfillsOptions): Backfills {
  const { db, engine, substrate, flows, catalogue, log, progressed, now = Date.now } = options;
  const closing = new AbortController();
  const working = new Map<string, Promise<void>>();

  const cursorName = (id: string) => `backfill:${id}`;
  const mine = (workspaceId: string, flowId: string) => and(eq(backfills.workspaceId, workspaceId), eq(backfills.flowId, flowId));

  function previewOf(document: FlowDocument, range: BackfillRange): BackfillPreview {
    const schedule = scheduleOf(document, catalogue);
    if (schedule) {
      const [from, to] = [momentOf(range.from, 'from'), momentOf(range.to ?? '', 'to')];
      if (to > now()) throw invalid('Choose moments of the past.', [{ path: ['to'], message: 'Choose a moment of the past.' }]);
      if (to < from) throw invalid('The end is before the beginning.', [{ path: ['to'], message: 'Choose a moment after the beginning.' }]);
      const ticks = ticksBetween(schedule, from, to, maxTicks + 1);
      const isoOf = (tick: Date | undefined) => tick?.toISOString() ?? null;
      return { total: ticks.length, tooMany: ticks.length > maxTicks, most: maxTicks, first: isoOf(ticks[0]), last: isoOf(ticks.slice(0, maxTicks).at(-1)) };
    }
    if (!pollingOf(document, catalogue)) {
      throw new Refused(409, 'backfill.other_trigger', 'Only schedules and triggers that look for something new can be made up for.');
    }
    return { total: null, tooMany: false, most: maxItems, first: null, last: null };
  }

  async function view(row: Row): Promise<Backfill> {
    const progress = progressOf((await substrate.cursor(cursorName(row.id)))?.value);
    const { id, from, to, total, status, error } = row;
    return {
      id, from, to, total, done: progress.done, status, error,
      createdAt: new Date(row.createdAt).toISOString(),
      finishedAt: row.finishedAt === null ? null : new Date(row.finishedAt).toISOString(),
    };
  }

  function work(row: Row): void {
    const done = run(row)
      .catch((error: unknown) => {
        if (closing.signal.aborted) return;
        log.warn({ err: error, backfillId: row.id }, 'a backfill ended before its end');
        end(row, 'failed', error instanceof Error ? redactText(error.message) : 'It could not go on.');
      })
      .finally(() => working.delete(row.id));
    working.set(row.id, done);
  }

  async function run(row: Row): Promise<void> {
    const document = await flows.versionDocument(row.versionId);
    if (!document) throw new Error('The version of the flow is gone.');
    const step = scheduleOf(document, catalogue) ? startTicks : readItems;
    for (;;) {
      await room();
      if (closing.signal.aborted || statusOf(row.id) !== 'running') return;
      const live = await flows.live(row.workspaceId, row.flowId);
      if (!live?.enabled) throw new Error('The flow was switched off, so the rest was not started. Switch it on, and begin another one behind the last run.');
      const isOver = await patiently(() => step(row, document));
      progressed(row.workspaceId, row.flowId);
      if (isOver) return end(row, 'done', null);
    }
  }

  /** A full queue empties, a connector is switched on again, and a source that does not answer may do so soon. */
  async function patiently<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        const passes = error instanceof QueueFull || error instanceof ConnectorHeld || (error instanceof RetryableError && tries < maxTries);
        if (!passes || closing.signal.aborted) throw error;
        await pause(pauseMs * 2 ** Math.min(tries, 6));
      }
    }
  }

  /** @returns true behind the last moment. */
  async function startTicks(row: Row, document: FlowDocument): Promise<boolean> {
    const schedule = scheduleOf(document, catalogue);
    const stored = await substrate.cursor(cursorName(row.id));
    const { at, done } = progressOf(stored?.value);
    const to = Date.parse(row.to ?? '');
    if (!schedule) return true;
    const ticks = ticksBetween(schedule, at ?? Date.parse(row.from), to, ticksPerCommit, at !== undefined);
    const last = ticks.at(-1);
    if (!last) return true;
    const runs = ticks.map((tick): NewRun => ({
      ...runOf(row),
      payload: { scheduledAt: tick.toISOString() },
      eventId: `${cursorName(row.id)}:${tick.getTime()}`,
    }));
    await engine.startTogether(runs, { name: cursorName(row.id), from: stored?.revision ?? 0, to: { at: last.getTime(), done: done + ticks.length } });
    return ticks.length < ticksPerCommit;
  }

  async function readItems(row: Row, document: FlowDocument): Promise<boolean> {
    const trigger = pollingOf(document, catalogue);
    if (!trigger) return true;
    const { workspaceId, flowId, versionId } = row;
    const task = { kind: 'backfill', by: 'itself' } as const;
    const reading = { name: cursorName(row.id), workspaceId, flowId, versionId, trigger, events: `${cursorName(row.id)}:`, since: row.from, task };
    const { more, done } = await readPage({ ...options, now }, reading, AbortSignal.any([closing.signal, AbortSignal.timeout(pageTimeoutMs)]));
    if (more && done >= maxItems) {
      throw new Error(`There are more than ${maxItems.toLocaleString('en')} items. Those so far were started; begin another one behind the last of them.`);
    }
    return !more;
  }

  const runOf = ({ workspaceId, flowId, versionId }: Row) => ({ runId: newId('run'), workspaceId, flowId, versionId, mode: 'live' as const, createdAt: now() });

  async function room(): Promise<void> {
    while (engine.counts().queued > maxQueued && !closing.signal.aborted) await pause(pauseMs);
  }

  async function pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: closing.signal }).catch((error: unknown) => {
      if (!closing.signal.aborted) throw error;
    });
  }

  const statusOf = (id: string) => db.select({ status: backfills.status }).from(backfills).where(eq(backfills.id, id)).get()?.status;

  function end(row: Row, status: 'done' | 'failed', error: string | null): void {
    db.update(backfills).set({ status, error, finishedAt: now() }).where(and(eq(backfills.id, row.id), eq(backfills.status, 'running'))).run();
    progressed(row.workspaceId, row.flowId);
  }

  function find(workspaceId: string, flowId: string, id: string): Row {
    const row = db.select().from(backfills).where(and(mine(workspaceId, flowId), eq(backfills.id, id))).get();
    if (!row) throw notFound('This backfill');
    return row;
  }

  return {
    async preview(workspaceId, flowId, range) {
      return previewOf((await startable(flows, workspaceId, flowId)).document, range);
    },
    async begin(act, workspaceId, flowId, range) {
      const live = await startable(flows, workspaceId, flowId);
      const { total, tooMany } = previewOf(live.document, range);
      if (tooMany) {
        throw invalid(`That is more than ${maxTicks.toLocaleString('en')} runs. Choose a shorter time.`, [{ path: ['to'], message: 'Choose a shorter time.' }]);
      }
      const id = newId('bf');
      const row: Row = {
        id,
        workspaceId,
        flowId,
        versionId: live.versionId,
        from: range.from,
        to: range.to ?? null,
        total,
        status: 'running',
        error: null,
        createdAt: now(),
        createdBy: act.actorId,
        finishedAt: null,
      };
      const begun = await view(row);
      await commit(db, [
        statement(db.insert(backfills).values(row)),
        ...recorded(db, act, { workspaceId, action: 'flow.backfill_started', subjectId: flowId, after: { from: row.from, to: row.to, total } }, begun),
      ]);
      work(row);
      return begun;
    },
    async list(workspaceId, flowId) {
      await flows.get(workspaceId, flowId);
      return Promise.all(db.select().from(backfills).where(mine(workspaceId, flowId)).orderBy(desc(backfills.id)).limit(shown).all().map(view));
    },
    async cancel(act, workspaceId, flowId, backfillId) {
      const row = find(workspaceId, flowId, backfillId);
      if (row.status !== 'running') throw ended();
      const end = { status: 'cancelled' as const, finishedAt: now() };
      const stopped = await view({ ...row, ...end });
      await commit(db, [
        statement(db.update(backfills).set(end).where(and(eq(backfills.id, row.id), eq(backfills.status, 'running'))), { rows: 1, otherwise: ended }),
        ...recorded(db, act, { workspaceId, action: 'flow.backfill_stopped', subjectId: flowId }, stopped),
      ]);
      progressed(workspaceId, flowId);
      return stopped;
    },
    open() {
      for (const row of db.select().from(backfills).where(eq(backfills.status, 'running')).all()) work(row);
    },
    async close() {
      closing.abort();
      await Promise.all(working.values());
    },
  };
}

function ticksBetween({ cron, timezone }: { cron: string; timezone: string }, from: number, to: number, most: number, isBehind = false): Date[] {
  // nextTimes leaves its start out; the beginning of a range belongs to it.
  return nextTimes(cron, timezone, new Date(isBehind ? from : from - 1), most).filter((tick) => tick.getTime() <= to);
}

const ended = () => new Refused(409, 'backfill.ended', 'This has ended already, so there is nothing to stop.');

function momentOf(text: string, field: 'from' | 'to'): number {
  const moment = Date.parse(text);
  if (Number.isNaN(moment)) throw invalid('Choose a day and a time.', [{ path: [field], message: 'Choose a day and a time.' }]);
  return moment;
}

function progressOf(value: Json | undefined): { at?: number; done: number } {
  if (!isObject(value)) return { done: 0 };
  const { at, done } = value;
  return { ...(typeof at === 'number' && { at }), done: typeof done === 'number' ? done : 0 };
}
