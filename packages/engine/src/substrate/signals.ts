import type { Json } from '@weft/json-schema';
import type { JournalEntry, SignalAddress, Wait } from '../journal.ts';
import type { ChangeOptions } from './alongside.ts';
import type { Lease } from './lease.ts';

/** News for whichever run waits at its address, now or later. */
export interface Signal extends SignalAddress {
  workspaceId: string;
  payload: Json;
  /** The sender's id of it: the same id at the same address counts once, for seven days. */
  eventId?: string;
  /** Milliseconds since the epoch. */
  at: number;
}

export type TakenSignal = SignalAddress & { payload: Json };

/** News for runs that wait, whichever comes first: the signal or the run. */
export interface Signals {
  /**
   * Hands a signal to one run that waits for it, which is queued again, or keeps it for the next one that will (it may come before
   * the wait). An address keeps no more signals than runs wait there, and one where none does: whatever comes beyond is a repeat.
   * @returns false for a repeat.
   */
  signal(signal: Signal, options?: ChangeOptions): Promise<boolean>;
  /**
   * Ends a wait in one commit, so that of a signal and a time-out exactly one wins. `entriesOf` gets the signal that is there,
   * the oldest of the first address that has one, and makes the entries that end the wait; the signal is gone with their commit.
   * Without a signal it gets undefined and may end the wait all the same (the time is over) or give undefined: nothing happens.
   * It must be pure: it may be asked more than once.
   * @returns what was committed. @throws {LeaseLost}
   */
  takeSignal(lease: Lease, wait: Wait, entriesOf: (signal: TakenSignal | undefined) => JournalEntry[] | undefined): Promise<JournalEntry[] | undefined>;
}
