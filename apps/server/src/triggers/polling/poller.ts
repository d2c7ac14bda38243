import { eq } from 'drizzle-orm';
import { RetryableError } from '@weft/connector-sdk';
import type { Catalogue } from '@weft/flow';
import type { Logger } from 'pino';
import type { Db } from '../../db/open.ts';
import { polls } from '../../db/schema/index.ts';
import { redactText } from '../../redact/redact.ts';
import { ConnectorHeld } from '../../runtime/runner.ts';
import type { FlowReader } from '../../stores/flows/reader.ts';
import { Stopped, type Task } from '../../watchdog/guard.ts';
import { cursorName } from './cursor-name.ts';
import { pollingOf } from './polling-trigger.ts';
import { readPage, type SourceParts } from './read-page.ts';

export interface PollerOptions extends Omit<SourceParts, 'now'> {
  db: Db;
  flows: Pick<FlowReader, 'live'>;
  catalogue: Catalogue;
  log: Logger;
  /** A flow has been polled, with or without success. */
  polled: (workspaceId: string, flowId: string) => void;
  /** No source is asked by itself meanwhile. Default: never so. */
  isResting?: () => boolean;
  now?: () => number;
}

/**
 * Asks the sources of published flows for what is new, each at its interval, with one timer for the one that is next and never
 * twice at once for a flow. A source that fails is asked again ever more seldom, up to an hour; what it gives then is not lost. One that the
 * process died of too often is not asked by itself any more.
 */
export interface Poller {
  /** Looks again at who is due: something was published, switched or deleted. */
  refresh(): void;
  /** Asks now, or waits for the poll that is under way. Does nothing for a flow that is not polled. */
  pollNow(flowId: string): Promise<void>;
  /** Ends the polls under way; what they have not committed is asked for again. */
  close(): Promise<void>;
}

const atOnce = 4;
const maxWaitMs = 10 * 60_000;
const maxBackoffMs = 3_600_000;
const minBackoffMs = 30_000;
const timeoutMs = 60_000;
/** While its connector is switched off; it goes on by itself when that is switched on. */
const heldPauseMs = 60_000;
/** So much of a long list is taken before others have their turn. */
const pagesPerPoll = 20;

type Poll = typeof polls.$inferSelect;

export function createPoller({ db, flows, catalogue, log, polled, isResting = () => false, now = Date.now, ...parts }: PollerOptions): Poller {
  const closing = new AbortController();
  const underWay = new Map<string, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;

  function wait(ms: number): void {
    clearTimeout(timer);
    if (!closing.signal.aborted) timer = setTimeout(refresh, Math.min(Math.max(ms, 0), maxWaitMs));
  }

  function refresh(): void {
    if (closing.signal.aborted || isResting()) return;
    let next = Number.POSITIVE_INFINITY;
    for (const row of db.select().from(polls).orderBy(polls.nextAt).all()) {
      if (underWay.has(row.flowId) || row.stopped) continue;
      const dueAt = dueAtOf(row);
      if (dueAt > now()) next = Math.min(next, dueAt);
      else if (underWay.size < atOnce) void begin(row, 'itself');
    }
    wait(next - now());
  }

  /** A clock that was set back must not make a flow wait for a day. */
  const dueAtOf = ({ nextAt, intervalMs }: Poll): number => (nextAt - now() > Math.max(intervalMs, maxBackoffMs) ? now() : nextAt);

  function begin(row: Poll, by: Task['by']): Promise<void> {
    const { workspaceId, flowId } = row;
    const work = poll(row, by)
      .catch((error: unknown) => log.error({ err: error, flowId }, 'the outcome of a poll could not be stored; it is asked again'))
      .finally(() => {
        underWay.delete(flowId);
        polled(workspaceId, flowId);
        // A moment later: a store that is away must not be asked in a circle.
        wait(100);
      });
    underWay.set(flowId, work);
    return work;
  }

  async function poll(row: Poll, by: Task['by']): Promise<void> {
    const { flowId } = row;
    try {
      const items = await readAll(row, by);
      update(flowId, { lastAt: now(), nextAt: now() + row.intervalMs, lastItems: items, failures: 0, error: null, stopped: false });
    } catch (error) {
      if (closing.signal.aborted) return;
      if (error instanceof ConnectorHeld) return update(flowId, { nextAt: now() + Math.min(row.intervalMs, heldPauseMs), error: error.message });
      if (error instanceof Stopped) return update(flowId, { error: error.message, failures: 0, stopped: true });
      const failures = row.failures + 1;
      const message = error instanceof Error ? redactText(error.message) : 'The source could not be read.';
      const nextAt = now() + backoffMs(row.intervalMs, failures, error);
      update(flowId, { lastAt: now(), nextAt, failures, error: message.slice(0, 1_000), stopped: false });
    }
  }

  async function readAll({ workspaceId, flowId }: Poll, by: Task['by']): Promise<number> {
    const live = await flows.live(workspaceId, flowId);
    const trigger = live?.enabled ? pollingOf(live.document, catalogue) : null;
    if (!live || !trigger) return 0;
    const task = { kind: 'poll', by } as const;
    const reading = { name: cursorName(flowId), workspaceId, flowId, versionId: live.versionId, trigger, events: `item:${trigger.source}:`, task };
    let items = 0;
    for (let page = 0; page < pagesPerPoll; page += 1) {
      const { started, more } = await readPage({ ...parts, now }, reading, AbortSignal.any([closing.signal, AbortSignal.timeout(timeoutMs)]));
      items += started;
      if (!more) break;
    }
    return items;
  }

  function update(flowId: string, changes: Partial<Poll>): void {
    db.update(polls).set(changes).where(eq(polls.flowId, flowId)).run();
  }

  return {
    refresh,
    async pollNow(flowId) {
      const row = db.select().from(polls).where(eq(polls.flowId, flowId)).get();
      if (row && !closing.signal.aborted) await (underWay.get(flowId) ?? begin(row, 'again'));
    },
    async close() {
      closing.abort();
      clearTimeout(timer);
      await Promise.all(underWay.values());
    },
  };
}

/** Doubles with each failure in a row; a service that says how long to wait is obeyed. */
export function backoffMs(intervalMs: number, failures: number, error: unknown): number {
  const asked = error instanceof RetryableError ? (error.retryAfterMs ?? 0) : 0;
  const grown = Math.min(Math.max(intervalMs, minBackoffMs) * 2 ** Math.min(failures - 1, 20), maxBackoffMs);
  return Math.max(intervalMs, grown, Math.min(asked, 24 * 3_600_000));
}
