import type { JournalEntry, NewRun, RunEvent, StreamProgress } from '@weft/engine';
import { newestPerStep, redactEntry } from './read-entries.ts';
import type { VersionDocuments } from '../stores/flows/version-documents.ts';
import type { RunLabel } from './run-labels.ts';
import { progressView } from './stream-progress.ts';
import { type RunFacts, runSummary } from './run-summary.ts';
import { exceedsBytes } from '@weft/json-schema';
import type { LiveEvents } from '../events/live-events.ts';

export interface RunUpdatesOptions {
  events: LiveEvents;
  documents: Pick<VersionDocuments, 'find'>;
  /** What people call a run, whether they keep it, and how many dead letters and warnings it has left. */
  labelOf?: (runId: string) => (Partial<RunLabel> & Pick<RunFacts, 'openDeadLetters' | 'warnings'>) | undefined;
  /** One update of a run at most so often, milliseconds. Default 50. */
  intervalMs?: number;
}

/** Turns what the engine has committed into live events: redacted, gathered per run, and only while there are listeners. */
export interface RunUpdates {
  publish(event: RunEvent): void;
  /** Sends what is waiting. */
  close(): void;
}

/** More entries than this at once would only blur past; the run's page reads the rest. */
const shownAtOnce = 200;
/** Larger values are read from the run's page. */
const shownBytes = 64 << 10;
/** A webhook under load starts thousands of runs a second: the newest ones are shown. */
const runsAtOnce = 50;

/** The progress of a stream is shown at most so often. */
const progressIntervalMs = 300;

interface Waiting {
  run: NewRun;
  facts?: RunFacts;
  entries: JournalEntry[];
  /** Of loops over streams: the newest of each. */
  progress: Map<string, StreamProgress>;
}

export function createRunUpdates({ events, documents, labelOf, intervalMs = 50 }: RunUpdatesOptions): RunUpdates {
  let waiting = new Map<string, Waiting>();
  let timer: NodeJS.Timeout | undefined;
  /** Run → loop → when its progress was shown last. */
  const sentAt = new Map<string, Map<string, number>>();

  function waitingFor(run: NewRun): Waiting {
    let entry = waiting.get(run.runId);
    if (!entry) waiting.set(run.runId, (entry = { run, entries: [], progress: new Map() }));
    timer ??= setTimeout(flush, intervalMs);
    return entry;
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const updates = [...waiting.values()].slice(-runsAtOnce);
    waiting = new Map();
    for (const update of updates) send(update);
  }

  function send({ run, facts, entries, progress }: Waiting): void {
    const sendRun = () => facts && events.publish(run.workspaceId, { type: 'run', run: runSummary({ ...facts, ...labelOf?.(run.runId) }, documents) });
    const finished = facts?.finishedAt != null;
    if (!finished) sendRun();
    if (entries.length > 0) {
      const shown = newestPerStep(entries, shownAtOnce).map((entry) => redactEntry(withoutLargeValues(entry)));
      events.publish(run.workspaceId, { type: 'steps', runId: run.runId, flowId: run.flowId, entries: shown });
    }
    for (const one of progress.values()) sendProgress(run, one, finished);
    if (finished) sendRun();
    if (finished) sentAt.delete(run.runId);
  }

  /** A stream commits far more often than anybody can read. */
  function sendProgress(run: NewRun, progress: StreamProgress, finished: boolean): void {
    const at = Date.now();
    const ofRun = sentAt.get(run.runId) ?? new Map<string, number>();
    if (!finished && !progress.finished && at - (ofRun.get(progress.stepKey) ?? 0) < progressIntervalMs) return;
    sentAt.set(run.runId, ofRun.set(progress.stepKey, at));
    events.publish(run.workspaceId, { type: 'progress', runId: run.runId, flowId: run.flowId, progress: progressView(progress) });
  }

  return {
    publish(event) {
      if (!events.watched(event.run.workspaceId)) return;
      const entry = waitingFor(event.run);
      if (event.type === 'run.progress') entry.progress.set(event.progress.stepKey, event.progress);
      else if (event.type === 'run.steps') for (const step of event.entries) entry.entries.push(step);
      else if (event.type === 'run.started') entry.facts = factsOf(event.run, { status: 'running' });
      else if (event.type === 'run.queued') entry.facts ??= factsOf(event.run, { status: 'queued', queued: event.waits });
      else if (event.type === 'run.parked') entry.facts = factsOf(event.run, { status: 'waiting' });
      else entry.facts = factsOf(event.run, { status: event.outcome.status, finishedAt: event.outcome.at, error: event.outcome.error ?? null });
    },
    close: flush,
  };
}

function factsOf(run: NewRun, state: Pick<RunFacts, 'status'> & Partial<RunFacts>): RunFacts {
  const { runId, flowId, versionId, mode, createdAt, replayOf, title } = run;
  return { id: runId, flowId, versionId, mode, createdAt, replayOf, title, finishedAt: null, error: null, ...state };
}

function withoutLargeValues(entry: JournalEntry): JournalEntry {
  const { input, output, ...facts } = entry;
  return {
    ...facts,
    ...(input !== undefined && !exceedsBytes(input, shownBytes) && { input }),
    ...(output !== undefined && !exceedsBytes(output, shownBytes) && { output }),
  };
}
