/**
 * Calls connectors' code, found by the exact version that a step names.
 *
 * 1. Nothing calls connector code but this, and it gets nothing but what lending.ts lends. (try-out.ts calls it with nothing that leads outside.)
 * 2. Runs ask before they call whether a version is switched off, and wait; everything else is refused here while it is.
 * 3. The size of a step's output is limited here, before the engine stores it.
 */
import {
  type Connector,
  type Operation,
  type OperationRuntime,
  type OptionItem,
  type PollRequest,
  type PollResult,
  type ReadOptions,
  type SourceBatch,
  TerminalError,
  type WriteResult,
} from '@weft/connector-sdk';
import type { OperationCall, OperationRunner, StreamCall } from '@weft/engine';
import type { OperationRef } from '@weft/flow';
import { exceedsBytes, type Json, type JsonObject, type JsonSchema } from '@weft/json-schema';
import { newId } from '../db/ids.ts';
import type { OpenConnection } from '../stores/connections/renewals.ts';
import { createLending, type LendingParts, type Lent, type Mask } from './lending.ts';
import { maskSecrets } from './mask-secrets.ts';

/** A larger output ends its step with a sentence instead of filling memory and disk. */
const maxOutputBytes = 16 << 20;

export interface RunnerParts extends LendingParts {
  connectors: readonly Connector[];
  /** A call through this connection has succeeded. Told after every one: it has to be cheap. */
  connectionWorked?(workspaceId: string, connectionId: string): void;
  /** Why a connector version is switched off; undefined: it may be called. Runs ask before they call, and wait. */
  heldBecause?(use: Pick<OperationRef, 'connector' | 'version'>): string | undefined;
}

/** Called for something that is no run while its connector version is switched off. It passes when an administrator switches it on. */
export class ConnectorHeld extends TerminalError {
  constructor(title: string, version: string, note: string) {
    super(`${title} ${version} is switched off by an administrator: “${note.replace(/\.$/, '')}”. Try again when it is switched on.`, { kind: 'refused' });
    this.name = 'ConnectorHeld';
  }
}

/** What a form asks for while it is being filled in. */
export interface DynamicQuestion {
  workspaceId: string;
  use: OperationRef;
  /** Name of the operation's handler. */
  source: string;
  connection?: string;
  config: JsonObject;
  search?: string;
  signal: AbortSignal;
}

export interface Runner extends OperationRunner {
  /** @throws {ConnectorError} as `invoke` does. */
  options(question: DynamicQuestion): Promise<OptionItem[]>;
  schema(question: DynamicQuestion): Promise<JsonSchema>;
  /** Asks a polling trigger for what is new. @throws {ConnectorError} as `invoke` does. */
  poll(question: Omit<DynamicQuestion, 'source' | 'search'> & { request: PollRequest }): Promise<PollResult>;
  /** Tries the credentials of a connection. @returns a sentence. */
  testConnection(connection: OpenConnection, signal: AbortSignal): Promise<string>;
}

interface Found {
  connector: Connector;
  operation: Operation;
  runtime: OperationRuntime;
}

export function createRunner({ connectors, heldBecause, connectionWorked, ...parts }: RunnerParts): Runner {
  const lend = createLending(parts);
  const byVersion = new Map(
    connectors.map((connector) => [
      `${connector.descriptor.id}@${connector.descriptor.version}`,
      { connector, operations: new Map(connector.descriptor.operations.map((operation) => [operation.id, operation])) },
    ]),
  );

  function find(use: OperationRef): Found {
    const version = byVersion.get(`${use.connector}@${use.version}`);
    const operation = version?.operations.get(use.operation);
    const runtime = version?.connector.operations[use.operation];
    if (!version || !operation || !runtime) {
      throw new TerminalError(`The operation ${use.operation} of ${use.connector} ${use.version} is not installed here. Choose another one for this step.`, {
        kind: 'unsupported',
      });
    }
    return { connector: version.connector, operation, runtime };
  }

  function refuseHeld({ descriptor: { id, title, version } }: Connector): void {
    const note = heldBecause?.({ connector: id, version });
    if (note !== undefined) throw new ConnectorHeld(title, version, note);
  }

  async function ask<T>(question: DynamicQuestion, work: (runtime: OperationRuntime, lent: Lent) => Promise<T>): Promise<T> {
    const { workspaceId, use, signal, connection } = question;
    const { connector, operation, runtime } = find(use);
    refuseHeld(connector);
    const runId = newId('run');
    return work(runtime, await lend({ workspaceId, connector, operation, connection, signal, runId, idempotencyKey: runId, now: new Date() }));
  }

  function lentFor(
    { run: { workspaceId, runId }, connection, signal, timeoutMs, idempotencyKey, startedAt, warn, exact }: StreamCall,
    { connector, operation }: Found,
  ): Promise<Lent> {
    return lend({ workspaceId, connector, operation, connection, signal, timeoutMs, runId, idempotencyKey, now: new Date(startedAt), warn, exact });
  }

  /** Every batch passes here on its way to the engine. */
  async function* batchesOf(call: OperationCall, options: ReadOptions): AsyncGenerator<SourceBatch> {
    const found = find(call.use);
    const { read } = found.runtime;
    if (!read) throw new TerminalError('This operation cannot be read record by record. Choose another source.', { kind: 'unsupported' });
    const { context, masked, failed, ended } = await lentFor(call, found);
    try {
      for await (const batch of read(context, call.input, call.config, options)) yield masked(batch, maskBatch);
    } catch (error) {
      throw failed(error);
    } finally {
      ended();
    }
  }

  return {
    read: batchesOf,

    async write(call, inputs, options) {
      const found = find(call.use);
      const { write } = found.runtime;
      if (!write) throw new TerminalError('This operation cannot write batches. Choose another one for this step.', { kind: 'unsupported' });
      const lent = await lentFor(call, found);
      const written = await lent.give((context) => write(context, inputs, call.config, options), maskOutputs);
      const failures = (written.failures ?? []).map(({ index, error }) => ({ index, error: lent.failed(error) }));
      written.outputs?.forEach((output, index) => {
        if (exceedsBytes(output, maxOutputBytes)) failures.push({ index, error: tooMuch() });
      });
      return failures.length === 0 ? written : { ...written, failures };
    },

    async sync(call, state) {
      const found = find(call.use);
      const { sync } = found.runtime;
      if (sync === undefined) return;
      const lent = await lentFor(call, found);
      await lent.give((context) => sync(context, call.config, state));
    },

    async invoke(call: OperationCall): Promise<Json> {
      const found = find(call.use);
      const { run } = found.runtime;
      if (!run) throw new TerminalError('This step only starts flows; it cannot be run in the middle of one.', { kind: 'unsupported' });
      const lent = await lentFor(call, found);
      const output = await lent.give((context) => run(context, call.input, call.config));
      if (call.connection !== undefined) connectionWorked?.(call.run.workspaceId, call.connection);
      if (exceedsBytes(output, maxOutputBytes)) throw tooMuch();
      return output;
    },

    options: (question) =>
      ask(question, ({ options }, lent) => {
        const handler = options?.[question.source];
        if (!handler) throw unknownSource(question.source);
        return lent.give((context) => handler(context, { config: question.config, search: question.search }));
      }),

    schema: (question) =>
      ask(question, ({ schemas }, lent) => {
        const handler = schemas?.[question.source];
        if (!handler) throw unknownSource(question.source);
        return lent.give((context) => handler(context, { config: question.config }));
      }),

    poll: ({ request, ...question }) =>
      ask({ ...question, source: '' }, async ({ poll }, lent) => {
        if (!poll) throw new TerminalError('This trigger cannot be asked for what is new.', { kind: 'unsupported' });
        const result = await lent.give((context) => poll(context, question.config, request));
        if (question.connection !== undefined) connectionWorked?.(question.workspaceId, question.connection);
        if (exceedsBytes(result.items.map(({ value }) => value), maxOutputBytes) || exceedsBytes(result.cursor, maxCursorBytes)) {
          throw new TerminalError('There is more at once than a flow can take. Look more often, or at a smaller list.', { kind: 'unsupported' });
        }
        return result;
      }),

    async testConnection(connection, signal) {
      const connector = connectors.find(({ descriptor }) => descriptor.id === connection.connector);
      if (!connector) throw new TerminalError(`There is no connector called ${connection.connector} here.`, { kind: 'unsupported' });
      refuseHeld(connector);
      const { testConnection } = connector;
      if (!testConnection) return 'Saved. This connector has no way to try credentials; they are tried when a step uses them.';
      const runId = newId('run');
      const lent = await lend({ workspaceId: connection.workspaceId, connector, connection, signal, runId, idempotencyKey: runId, now: new Date() });
      return lent.give((context) => testConnection(context));
    },
  };
}

/** For a record of a stream as for a step of a run. */
const tooMuch = () =>
  new TerminalError(
    `This step gave more than ${maxOutputBytes >> 20} MB, which is more than one step may hand on. Ask for less at once.`,
    { kind: 'unsupported' },
  );

const maxCursorBytes = 1 << 20;

const unknownSource = (source: string) =>
  new TerminalError(`This operation has nothing called ${source} to read choices from.`, { kind: 'not_found' });

/** What a batch is counted and continued by stays as it is. */
const maskBatch: Mask<SourceBatch> = (batch, secrets) => ({ ...batch, records: maskSecrets(batch.records, secrets) });

const maskOutputs: Mask<WriteResult> = (written, secrets) =>
  (written.outputs === undefined ? written : { ...written, outputs: maskSecrets(written.outputs, secrets) });
