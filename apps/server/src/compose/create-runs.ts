import type { IncomingMessage, ServerResponse } from 'node:http';
import { createAjvValidator } from '@weft/json-schema/ajv';
import { createEngine, type Engine, type EngineOptions, type Journal } from '@weft/engine';
import type { Catalogue } from '@weft/flow';
import type { Logger } from 'pino';
import { createApprovalRows } from '../approvals/approval-rows.ts';
import { createApprovalReader, type ApprovalReader } from '../approvals/reader.ts';
import { createBlobCollector } from '../blobs/collector.ts';
import type { LargeValues } from '../blobs/large-values.ts';
import type { Db } from '../db/open.ts';
import type { InstallationSettings } from '@weft/api';
import type { HoldStore } from '../stores/holds/hold-store.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import { createDeadLetterStore } from '../stores/dead-letters/dead-letter-store.ts';
import { createGivenBack } from '../stores/dead-letters/give-back.ts';
import { operationLimits } from '../runtime/operation-limits.ts';
import { queueRules } from '../runs/queue-rules.ts';
import type { LiveEvents } from '../events/live-events.ts';
import { createRunUpdates } from '../runs/run-updates.ts';
import { warningsOf } from '../runs/run-warnings.ts';
import { createLongMappings } from '../runtime/mappings/long-mappings.ts';
import { createRunner, type Runner, type RunnerParts } from '../runtime/runner.ts';
import type { FlowReader } from '../stores/flows/reader.ts';
import type { CalledFlows } from '../subflows/called-flows.ts';
import { createRunArchive } from '../substrate/sqlite/run-archive.ts';
import { createSqliteSubstrate } from '../substrate/sqlite/sqlite-substrate.ts';
import { type Backfills, createBackfills } from '../triggers/backfill/backfills.ts';
import { createPoller, type Poller } from '../triggers/polling/poller.ts';
import { createScheduler } from '../triggers/schedule/scheduler.ts';
import type { SecretOf } from '../triggers/webhook/sender-check.ts';
import { createHookIndex } from '../triggers/webhook/hook-index.ts';
import { createListening, type Listening } from '../triggers/webhook/listening.ts';
import { createSignalReceiver } from '../triggers/signal/signal-receiver.ts';
import { createWebhookReceiver } from '../triggers/webhook/receiver.ts';
import { lostOfAnswer } from '../triggers/webhook/outgoing-answer.ts';
import { createRejections, type Rejections } from '../triggers/webhook/rejections.ts';
import { createSeenSignatures } from '../triggers/webhook/seen-signatures.ts';
import { createRunReader, type RunReader } from '../runs/reader.ts';
import { createRunLabels, type RunLabels } from '../runs/run-labels.ts';
import { createVersionDocuments, type VersionDocuments } from '../stores/flows/version-documents.ts';
import { publishedVersionId } from '../stores/flows/published-version-id.ts';
import { createFlowSource } from '../runs/flow-source.ts';
import type { SealedFields } from '../vault/sealed-fields.ts';
import type { Guard } from '../watchdog/guard.ts';
import { createStepTester, type StepTester } from '../runs/step-tester.ts';

/** Reading past runs needs nothing that runs, so it stands on its own: the flows' list shows their activity. */
export interface RunHistory {
  documents: VersionDocuments;
  reader: RunReader;
  labels: RunLabels;
  approvals: ApprovalReader;
}

export function createRunHistory(db: Db, large: LargeValues, sealed: SealedFields): RunHistory {
  const documents = createVersionDocuments(db);
  return {
    documents,
    reader: createRunReader(db, documents, createRunArchive(db.$client, { large, sealed })),
    labels: createRunLabels(db),
    approvals: createApprovalReader(db, documents),
  };
}

type LentParts = 'connectors' | 'http' | 'net' | 'openConnection' | 'renewConnection' | 'connectionWorked' | 'authKinds' | 'filesOf';

export interface RunsParts extends Pick<RunnerParts, LentParts> {
  db: Db;
  log: Logger;
  history: RunHistory;
  events: LiveEvents;
  flows: Pick<FlowReader, 'byWebhookPath' | 'live' | 'get' | 'versionDocument'>;
  catalogue: Catalogue;
  calls: Pick<CalledFlows, 'called'>;
  webhookLimitBytes: () => number;
  /** Where values too large for a row go. */
  large: LargeValues;
  /** How secrets in the data of runs are kept. */
  sealed: SealedFields;
  /** How often steps with a connection may call. */
  rateOf: ConnectionStore['rateOf'];
  /** What people hold back. */
  holds: HoldStore;
  settings: () => InstallationSettings;
  /** Told of every step that begins. Default: nobody is. */
  entering?: EngineOptions['entering'];
  guard: Guard;
  /** Runs in progress at once. Default 100. */
  concurrency?: number;
}

/** Everything that starts, runs and stops flows, wired. */
export interface Runs {
  engine: Engine;
  runner: Runner;
  /** What a run has left, not redacted. */
  journalOf(runId: string): Promise<Journal>;
  steps: StepTester;
  listening: Listening;
  rejections: Rejections;
  poller: Poller;
  backfills: Backfills;
  /** Answers calls below /hooks/, directly on Node's server. */
  receiveWebhook(request: IncomingMessage, response: ServerResponse): void;
  /** A flow was published, switched or deleted. */
  flowChanged(workspaceId: string): void;
  /** A connection was changed or deleted. */
  connectionChanged(workspaceId: string): void;
  /** Goes on with unfinished runs, then takes new ones. */
  open(): Promise<void>;
  /** Brings to the disk what runs have recorded, before a process ends that must not go on. */
  saveNow(): void;
  /** Takes no new work and waits for runs in flight, at most so long; what is left resumes at the next start. */
  close(drainMs?: number): Promise<void>;
}

/** Long enough for a slow service's answer, short enough for an impatient supervisor. */
const drainMs = 25_000;

export function createRuns(parts: RunsParts): Runs {
  const { db, log, history, events, flows, catalogue, concurrency: places = 100 } = parts;
  const letters = createGivenBack(db.$client);
  const rules = queueRules({ documents: history.documents, holds: parts.holds, settings: parts.settings, places });
  const substrate = createSqliteSubstrate({
    database: db.$client,
    large: parts.large,
    sealed: parts.sealed,
    rules,
    followers: [createApprovalRows(db, parts.sealed, (workspaceId) => events.publish(workspaceId, { type: 'approvals' })), letters],
  });
  const runner = createRunner({ ...parts, heldBecause: parts.holds.connectorNote });
  const validator = createAjvValidator();
  const openLetters = createDeadLetterStore(db);
  const updates = createRunUpdates({
    events,
    documents: history.documents,
    labelOf: (runId) => ({
      ...history.labels.of(runId),
      openDeadLetters: openLetters.openOf([runId]).get(runId),
      warnings: warningsOf(db, [runId]).get(runId),
    }),
  });
  const longMappings = createLongMappings();
  const engine = createEngine({
    substrate,
    flows: { ...createFlowSource(history.documents), called: parts.calls.called },
    runner,
    catalogue,
    validator,
    publish: updates.publish,
    report: (error) => log.warn({ err: error }, 'The store of runs could not be asked; it is tried again.'),
    mapElsewhere: longMappings.elsewhere,
    concurrency: places,
    entering: parts.entering,
    lostOfAnswer,
    limits: operationLimits({ catalogue, holds: parts.holds, holdOn: rules.holdOn, rateOf: parts.rateOf }),
  });
  const secretOf: SecretOf = async (workspaceId, { connection, connector, field }) => {
    const opened = await parts.openConnection(workspaceId, connection);
    const secret = opened?.connector === connector ? opened.values.credentials[field] : undefined;
    return typeof secret === 'string' ? secret : undefined;
  };
  const hooks = createHookIndex({ flows, catalogue, secretOf });
  const listening = createListening();
  const rejections = createRejections({ db, catalogue, events });
  const collector = createBlobCollector(parts.large, log);
  const triggerChanged = (workspaceId: string, flowId: string) => events.publish(workspaceId, { type: 'trigger', flowId });
  const scheduler = createScheduler({
    db,
    engine,
    log,
    guard: parts.guard,
    ticked: triggerChanged,
    versionOf: (workspaceId, flowId) => publishedVersionId(db, workspaceId, flowId),
  });
  const sources = { db, engine, substrate, runner, flows, catalogue, log, guard: parts.guard };
  const poller = createPoller({ ...sources, isResting: parts.holds.isDraining, polled: triggerChanged });
  const backfills = createBackfills({ ...sources, progressed: triggerChanged });
  const { receive } = createWebhookReceiver({
    hooks,
    listening,
    engine,
    signals: createSignalReceiver({ database: db.$client, flows, catalogue, documents: history.documents, secretOf, engine, now: Date.now }),
    seenSignatures: createSeenSignatures(db.$client, Date.now),
    limitBytes: parts.webhookLimitBytes,
    refused(call) {
      rejections.add(call).catch((error: unknown) => log.error({ err: error, address: call.address }, 'a refused call could not be kept'));
    },
    log,
  });

  return {
    engine,
    runner,
    journalOf: (runId) => substrate.load(runId),
    steps: createStepTester({ runner, catalogue, validator, holds: parts.holds, documents: history.documents, called: parts.calls.called }),
    listening,
    rejections,
    poller,
    backfills,
    receiveWebhook: receive,
    flowChanged(workspaceId) {
      hooks.forget(workspaceId);
      scheduler.refresh();
      poller.refresh();
    },
    connectionChanged: (workspaceId) => hooks.forget(workspaceId),
    async open() {
      letters.all();
      await engine.open();
      scheduler.refresh();
      poller.refresh();
      backfills.open();
      collector.open();
    },
    saveNow: substrate.saveNow,
    async close(timeoutMs = drainMs) {
      scheduler.close();
      collector.close();
      await Promise.all([poller.close(), backfills.close()]);
      await engine.drain(timeoutMs);
      longMappings.close();
      updates.close();
      await substrate.close();
    },
  };
}
