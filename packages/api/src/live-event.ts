import type { JournalEntry } from '@weft/engine';
import type { Json } from '@weft/json-schema';
import type { Rejection } from './flows.ts';
import type { RunSummary } from './runs.ts';
import type { W } from './shared.ts';
import type { StreamProgressView } from './streams.ts';

/** Server-sent events of one workspace; `data` is one of these. */
export type LiveEvent =
  | { type: 'run'; run: RunSummary }
  | { type: 'steps'; runId: string; flowId: string; entries: JournalEntry[] }
  /** At most a few times a second. */
  | { type: 'progress'; runId: string; flowId: string; progress: StreamProgressView }
  | { type: 'flow'; flowId: string; revision: number; by: { id: string; name: string } }
  | { type: 'captured'; flowId: string; payload: Json }
  | { type: 'rejected'; flowId: string; rejection: Rejection }
  /** What holds runs back has changed: reasons for waiting may be others now. */
  | { type: 'queue' }
  /** The state of the flow's trigger, or of what is made up for, has changed. */
  | { type: 'trigger'; flowId: string }
  | { type: 'files' }
  /** Something was asked or decided. */
  | { type: 'approvals' }
  /** The reader was too slow for some events: what it shows is to be read anew. */
  | { type: 'missed' }
  /** The last one of its stream: this person has too many open, and a newer one has its place. */
  | { type: 'replaced' };

/** Server-sent events. */
export interface LiveRoutes {
  /** Server-sent events; see LiveEvent. */
  'GET /w/:workspace/events': { params: W; response: ReadableStream };
}
