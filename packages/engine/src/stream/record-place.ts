import type { Turn } from '@weft/mapping';
import type { Place } from '../execute/place.ts';
import type { PlannedStep } from '../plan/plan.ts';
import type { WorkedOut } from '../run/patience.ts';
import { keyOwner } from '../substrate.ts';
import { recordPrefix, type Batch } from './batch.ts';
import type { Stream } from './stream.ts';

/** Where the records of a stream are worked out. One object for a whole stage: it moves on from record to record, and makes no key that nobody asks for. */
export class RecordPlace implements Place {
  readonly now: Date;
  readonly timezone?: string;
  readonly turn: Turn;
  readonly mayBeginAnew = true;
  later: WorkedOut | undefined;
  private readonly stream: Stream;
  private readonly stepId: string;
  private batch: Batch | undefined;
  private index = 0;

  constructor(stream: Stream, { id }: PlannedStep) {
    this.now = stream.moment;
    if (stream.timezone !== undefined) this.timezone = stream.timezone;
    this.turn = stream.patience.turn;
    this.stream = stream;
    this.stepId = id;
  }

  at(batch: Batch, index: number, later?: WorkedOut): this {
    this.batch = batch;
    this.index = index;
    this.later = later;
    return this;
  }

  get stepKey(): string {
    return recordPrefix(this.batch!, this.stream.stepKey, this.index) + this.stepId;
  }

  /** The same whenever this record is done again: ids that a mapping makes come from it, and the keys of what it calls. */
  get seed(): string {
    const owner = this.batch!.origins?.[this.index]?.runId ?? keyOwner(this.stream.run);
    return `${owner}:${this.stepKey}`;
  }
}
