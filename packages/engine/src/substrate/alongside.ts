/**
 * What a caller has committed together with a change of its run, or not at all: the audit event of a start, the answer kept for a
 * repeat of the call. The engine only hands it on. Each substrate reads a class of its own, in the words of its store: `Rows` in
 * SQLite, `MemoryWrite` in memory.
 */
export abstract class Alongside {
  /** Makes the class nominal: anything else is no `Alongside`. */
  protected readonly alongside = true;
}

export interface ChangeOptions {
  /** Written only if the change is made. Where the store refuses it, the change is undone and its error thrown. Default: nothing. */
  alongside?: Alongside;
}

export interface StartOptions extends ChangeOptions {
  /**
   * Hands the run to the caller at once instead of queueing it; it may then be buffered until its first commit. Queued all the same,
   * without a lease, when the queue's rules do not let it begin now or something is to be committed alongside. Default false.
   */
  lease?: boolean;
}
