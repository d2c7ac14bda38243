import type { JournalEntry, NewRun, Signal, SignalAddress, TakenSignal, Wait } from '@weft/engine';
import { type Json, jsonText } from '@weft/json-schema';
import type { Database } from 'better-sqlite3';
import { readStored } from '../../db/read-stored.ts';
import type { SealedFields } from '../../vault/sealed-fields.ts';
import type { RunFollower } from '../run-follower.ts';

export interface ParkedRuns {
  /** @returns whether one of them has ended already. */
  park(run: NewRun, waits: Wait[]): boolean;
  take(run: NewRun, wait: Wait, entriesOf: (signal: TakenSignal | undefined) => JournalEntry[] | undefined): JournalEntry[] | undefined;
  /** @param taken - called when it is no repeat, before any run is woken. */
  signal(signal: Signal, taken?: () => void): boolean;
  wake(now: number): number | undefined;
  /** The run is final; a signal that had woken it goes to the next one. */
  ended(runId: string): void;
  /** Old signals go: taken ones after a week, others that no run waits for after a month. */
  sweep(): void;
  /** The writes have been committed: followers may publish them. */
  committed(): void;
}

const DAY_MS = 24 * 3_600_000;
const takenMemoryMs = 7 * DAY_MS;
const unwantedMemoryMs = 30 * DAY_MS;
const signalsPerSweep = 1_000;
/** Of thousands that are due at one moment the others follow at once, and everybody else has a turn in between. */
const wokenAtOnce = 500;

export interface ParkedRunsOptions {
  now: () => number;
  followers: readonly RunFollower[];
  /** These runs have just become `queued`. */
  woken(runIds: string[]): void;
  /** How secrets in signals are kept. */
  sealed: SealedFields;
}

/** The parts of the substrate that deal with waiting; every function runs inside a transaction of the caller's. */
export function createParkedRuns(database: Database, { now, followers, woken, sealed }: ParkedRunsOptions): ParkedRuns {
  const insertWait = database.prepare<[string, string, string, number | null, string | null, string | null]>(
    'insert into run_waits (run_id, workspace_id, step_key, until, name, key) values (?, ?, ?, ?, ?, ?)',
  );
  const deleteWaits = database.prepare<[runId: string]>('delete from run_waits where run_id = ?');
  const waitsOf = database.prepare<[runId: string], AddressRow>('select workspace_id, name, key from run_waits where run_id = ? and name is not null');
  const oldestSignal = database.prepare<AddressKey, { id: number; payload: string; event_id: string | null }>(
    'select id, payload, event_id from signals where workspace_id = ? and name = ? and key = ? and taken_at is null order by id limit 1',
  );
  const countSignals = database
    .prepare<AddressKey, number>('select count(*) from signals where workspace_id = ? and name = ? and key = ? and taken_at is null')
    .pluck();
  const countWaiters = database
    .prepare<AddressKey, number>('select count(distinct run_id) from run_waits where workspace_id = ? and name = ? and key = ?')
    .pluck();
  const insertSignal = database.prepare<[...AddressKey, string | null, string, number]>(
    'insert into signals (workspace_id, name, key, event_id, payload, at) values (?, ?, ?, ?, ?, ?) on conflict do nothing',
  );
  const deleteSignal = database.prepare<[id: number]>('delete from signals where id = ?');
  const markTaken = database.prepare<[at: number, id: number]>("update signals set taken_at = ?, payload = '' where id = ?");
  const wakeOne = database.prepare<AddressKey, string>(
    `update runs set status = 'queued' where id = (
      select w.run_id from run_waits w join runs r on r.id = w.run_id and r.status = 'waiting'
        where w.workspace_id = ? and w.name = ? and w.key = ? order by w.id limit 1) returning id`,
  ).pluck();
  const wakeDue = database
    .prepare<[now: number, limit: number], string>(
      `update runs set status = 'queued' where status = 'waiting' and id in (
        select w.run_id from run_waits w cross join runs r on r.id = w.run_id
        where w.until <= ? and r.status = 'waiting' order by w.until limit ?) returning id`,
    )
    .pluck();
  const nextDue = database
    .prepare<[], number>(
      "select w.until from run_waits w cross join runs r on r.id = w.run_id where w.until is not null and r.status = 'waiting' order by w.until limit 1",
    )
    .pluck();
  const sweepTaken = database.prepare<[before: number]>('delete from signals where taken_at is not null and at < ?');
  const sweepUnwanted = database.prepare<[before: number]>(
    `delete from signals as s where at < ? and not exists (
      select 1 from run_waits w where w.workspace_id = s.workspace_id and w.name = s.name and w.key = s.key)`,
  );
  let sinceSweep = 0;

  function signalFor(workspaceId: string, { signals }: Wait) {
    for (const { name, key } of signals) {
      const found = oldestSignal.get(workspaceId, name, key);
      if (found) return { ...found, name, key };
    }
    return undefined;
  }

  function sweep(): void {
    sinceSweep = 0;
    sweepTaken.run(now() - takenMemoryMs);
    sweepUnwanted.run(now() - unwantedMemoryMs);
  }

  return {
    park(run, waits) {
      deleteWaits.run(run.runId);
      for (const { stepKey, until = null, signals } of waits) {
        const addresses: Partial<SignalAddress>[] = signals.length > 0 ? signals : [{}];
        for (const [at, { name = null, key = null }] of addresses.entries()) {
          insertWait.run(run.runId, run.workspaceId, stepKey, at === 0 ? until : null, name, key);
        }
      }
      for (const follower of followers) follower.follow({ kind: 'parked', run, waits, at: now() });
      return waits.some((wait) => signalFor(run.workspaceId, wait) !== undefined);
    },

    take(run, wait, entriesOf) {
      const signal = signalFor(run.workspaceId, wait);
      // Written by `signal` below only.
      const entries = entriesOf(signal && { name: signal.name, key: signal.key, payload: readStored<Json>(sealed.open(signal.payload)) });
      if (!entries) return undefined;
      if (!signal) for (const follower of followers) follower.follow({ kind: 'timedOut', runId: run.runId, stepKey: wait.stepKey, at: now() });
      else if (signal.event_id === null) deleteSignal.run(signal.id);
      else markTaken.run(now(), signal.id);
      return entries;
    },

    signal(signal, taken) {
      const { workspaceId, name, key, eventId = null, payload } = signal;
      if (countSignals.get(workspaceId, name, key)! >= Math.max(1, countWaiters.get(workspaceId, name, key)!)) return false;
      for (const follower of followers) if (follower.follow({ kind: 'signalled', signal }) === 'refused') return false;
      if (insertSignal.run(workspaceId, name, key, eventId, sealed.seal(jsonText(payload)), now()).changes === 0) return false;
      taken?.();
      woken(wakeOne.all(workspaceId, name, key));
      sinceSweep += 1;
      if (sinceSweep >= signalsPerSweep) sweep();
      return true;
    },

    wake(now) {
      woken(wakeDue.all(now, wokenAtOnce));
      return nextDue.get();
    },

    ended(runId) {
      const addresses = waitsOf.all(runId);
      deleteWaits.run(runId);
      for (const follower of followers) follower.follow({ kind: 'ended', runId, at: now() });
      for (const { workspace_id, name, key } of addresses) {
        if (oldestSignal.get(workspace_id, name, key)) woken(wakeOne.all(workspace_id, name, key));
      }
    },

    sweep,
    committed() {
      for (const follower of followers) follower.committed?.();
    },
  };
}

type AddressKey = [workspaceId: string, name: string, key: string];

interface AddressRow {
  workspace_id: string;
  name: string;
  key: string;
}
