import {
  type Connector,
  type ConnectionValues,
  ConnectorError,
  type HttpClient,
  InputError,
  type NetworkGuard,
  type OperationContext,
  type OperationRuntime,
  type OptionItem,
  type ReadOptions,
  type SourceBatch,
  type PollRequest,
  type PollResult,
  TerminalError,
  toConnectorError,
  type WorkspaceFiles,
  type WriteResult,
} from '@weft/connector-sdk';
import type { OperationCall, OperationRunner, StreamCall } from '@weft/engine';
import type { OperationRef } from '@weft/flow';
import type { Json, JsonObject, JsonSchema } from '@weft/json-schema';
import type { Logger } from 'pino';
import { newId } from '../db/ids.ts';
import { redact, redactText } from '../redact/redact.ts';
import { exceedsBytes } from './json-size.ts';
import { maskSecrets, secretsOf } from './mask-secrets.ts';

/** A larger output ends its step with a sentence instead of filling memory and disk. */
export const OUTPUT_LIMIT_BYTES = 16 << 20;

export interface OpenConnection {
  connector: string;
  /** Decrypted; lives as long as the call. */
  values: ConnectionValues;
}

export interface RunnerParts {
  connectors: readonly Connector[];
  /** The guarded way out. */
  http: HttpClient;
  net: NetworkGuard;
  /** Null when the workspace has no such connection. */
  openConnection(workspaceId: string, connectionId: string): Promise<OpenConnection | null>;
  filesOf(workspaceId: string): WorkspaceFiles;
  /** Why a connector version is switched off; undefined: it may be called. Runs ask before they call, and wait. */
  heldBecause?(use: Pick<OperationRef, 'connector' | 'version'>): string | undefined;
  log: Logger;
}

/** Called for something that is no run while its connector version is switched off. It passes when an administrator switches it on. */
export class ConnectorHeld extends TerminalError {
  constructor(title: string, version: string, note: string) {
    super(`${title} ${version} is switched off by an administrator: “${note.replace(/\.$/, '')}”. Try again when it is switched on.`, { kind: 'refused' });
    this.name = 'ConnectorHeld';
  }
}

/** What a form asks for while somebody fills it in. */
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

/** Calls connectors' code: the one place that lends them credentials, the guard, files and a log. */
export interface Runner extends OperationRunner {
  /** @throws {ConnectorError} as `invoke` does. */
  options(question: DynamicQuestion): Promise<OptionItem[]>;
  schema(question: DynamicQuestion): Promise<JsonSchema>;
  /** Asks a polling trigger for what is new. @throws {ConnectorError} as `invoke` does. */
  poll(question: Omit<DynamicQuestion, 'source' | 'search'> & { request: PollRequest }): Promise<PollResult>;
  /** Tries credentials that may not be stored yet. @returns a sentence. */
  testConnection(test: { workspaceId: string; connector: string; values: ConnectionValues; signal: AbortSignal }): Promise<string>;
}

interface Lending {
  workspaceId: string;
  connector: Connector;
  values?: ConnectionValues;
  signal: AbortSignal;
  runId: string;
  idempotencyKey: string;
  now: Date;
}

export function createRunner({ connectors, http, net, openConnection, filesOf, heldBecause, log }: RunnerParts): Runner {
  const byVersion = new Map(connectors.map((connector) => [`${connector.descriptor.id}@${connector.descriptor.version}`, connector]));

  function find(use: OperationRef): { connector: Connector; runtime: OperationRuntime } {
    const connector = byVersion.get(`${use.connector}@${use.version}`);
    const runtime = connector?.operations[use.operation];
    if (!connector || !runtime) {
      throw new TerminalError(`The operation ${use.operation} of ${use.connector} ${use.version} is not installed here. Choose another one for this step.`, {
        kind: 'unsupported',
      });
    }
    return { connector, runtime };
  }

  function refuseHeld({ descriptor: { id, title, version } }: Connector): void {
    const note = heldBecause?.({ connector: id, version });
    if (note !== undefined) throw new ConnectorHeld(title, version, note);
  }

  async function valuesFor(workspaceId: string, connector: Connector, connectionId: string | undefined): Promise<ConnectionValues | undefined> {
    if (connectionId === undefined) return undefined;
    const opened = await openConnection(workspaceId, connectionId);
    // A connection of another connector would hand its credentials to code they were not given to.
    if (!opened || opened.connector !== connector.descriptor.id) {
      throw new InputError(['connection'], 'The connection of this step does not exist any more. Choose another one.');
    }
    return opened.values;
  }

  /** What connector code is lent, and the secrets that may not leave it again. */
  function lentFor(lending: Lending): { context: OperationContext; secrets: string[] } {
    const secrets = lending.values ? secretsOf(lending.connector.descriptor, lending.values) : [];
    const context: OperationContext = {
      http,
      net,
      files: filesOf(lending.workspaceId),
      ...(lending.values && { connection: lending.values }),
      signal: lending.signal,
      idempotencyKey: lending.idempotencyKey,
      runId: lending.runId,
      now: lending.now,
      log(message, details) {
        const entry = redact(maskSecrets(details ?? {}, secrets));
        log.info({ connector: lending.connector.descriptor.id, runId: lending.runId, details: entry }, redactText(maskSecrets(message, secrets)));
      },
    };
    return { context, secrets };
  }

  /** Runs connector code with what the host lends it; nothing that leaves it holds the connection's secrets. */
  async function lend<T>(lending: Lending, work: (context: OperationContext) => Promise<T>): Promise<T> {
    const { context, secrets } = lentFor(lending);
    try {
      const result = await work(context);
      // Some services send back what they were sent, credentials included.
      return secrets.length === 0 ? result : (maskSecrets(result as Json, secrets) as T);
    } catch (error) {
      throw withoutSecrets(toConnectorError(error), secrets);
    }
  }

  async function ask<T>(question: DynamicQuestion, work: (runtime: OperationRuntime, context: OperationContext) => Promise<T>): Promise<T> {
    const { workspaceId, use, signal } = question;
    const { connector, runtime } = find(use);
    refuseHeld(connector);
    const values = await valuesFor(workspaceId, connector, question.connection);
    const runId = newId('run');
    return lend({ workspaceId, connector, values, signal, runId, idempotencyKey: runId, now: new Date() }, (context) => work(runtime, context));
  }

  async function lendingFor(call: StreamCall): Promise<{ lending: Lending; runtime: OperationRuntime }> {
    const { connector, runtime } = find(call.use);
    const { workspaceId, runId } = call.run;
    const values = await valuesFor(workspaceId, connector, call.connection);
    return { runtime, lending: { workspaceId, connector, values, signal: call.signal, runId, idempotencyKey: call.idempotencyKey, now: new Date(call.startedAt) } };
  }

  /** Every batch passes here on its way to the engine. */
  async function* batchesOf(call: OperationCall, options: ReadOptions): AsyncGenerator<SourceBatch> {
    const { lending, runtime } = await lendingFor(call);
    const { read } = runtime;
    if (!read) throw new TerminalError('This operation cannot be read record by record. Choose another source.', { kind: 'unsupported' });
    const { context, secrets } = lentFor(lending);
    try {
      for await (const batch of read(context, call.input, call.config, options)) {
        yield secrets.length === 0 ? batch : { ...batch, records: maskSecrets(batch.records, secrets) as Json[] };
      }
    } catch (error) {
      throw withoutSecrets(toConnectorError(error), secrets);
    }
  }

  return {
    read: batchesOf,

    async write(call, inputs, options) {
      const { lending, runtime } = await lendingFor(call);
      const { write } = runtime;
      if (!write) throw new TerminalError('This operation cannot write batches. Choose another one for this step.', { kind: 'unsupported' });
      const secrets = lending.values ? secretsOf(lending.connector.descriptor, lending.values) : [];
      let written: WriteResult = {};
      await lend(lending, async (context) => {
        written = await write(context, inputs, call.config, options);
      });
      if (secrets.length === 0) return written;
      const { outputs, failures, ...rest } = written;
      return {
        ...rest,
        ...(outputs && { outputs: maskSecrets(outputs, secrets) as Json[] }),
        ...(failures && { failures: failures.map(({ index, error }) => ({ index, error: withoutSecrets(error, secrets) })) }),
      };
    },

    async sync(call, state) {
      const { lending, runtime } = await lendingFor(call);
      const { sync } = runtime;
      if (sync) await lend(lending, (context) => sync(context, call.config, state));
    },

    async invoke(call: OperationCall): Promise<Json> {
      const { connector, runtime } = find(call.use);
      const { run: handler } = runtime;
      if (!handler) {
        throw new TerminalError('This step only starts flows; it cannot be run in the middle of one.', { kind: 'unsupported' });
      }
      const { workspaceId, runId } = call.run;
      const values = await valuesFor(workspaceId, connector, call.connection);
      const lending: Lending = {
        workspaceId,
        connector,
        values,
        signal: call.signal,
        runId,
        idempotencyKey: call.idempotencyKey,
        now: new Date(call.startedAt),
      };
      const output = await lend(lending, (context) => handler(context, call.input, call.config));
      if (exceedsBytes(output, OUTPUT_LIMIT_BYTES)) {
        throw new TerminalError(`This step gave more than ${OUTPUT_LIMIT_BYTES >> 20} MB, which is more than one step may hand on. Ask for less at once.`, {
          kind: 'unsupported',
        });
      }
      return output;
    },

    options: (question) =>
      ask(question, async (runtime, context) => {
        const handler = runtime.options?.[question.source];
        if (!handler) throw unknownSource(question.source);
        return handler(context, { config: question.config, ...(question.search !== undefined && { search: question.search }) });
      }),

    schema: (question) =>
      ask(question, async (runtime, context) => {
        const handler = runtime.schemas?.[question.source];
        if (!handler) throw unknownSource(question.source);
        return handler(context, { config: question.config });
      }),

    poll: ({ request, ...question }) =>
      ask({ ...question, source: '' }, async (runtime, context) => {
        if (!runtime.poll) throw new TerminalError('This trigger cannot be asked for what is new.', { kind: 'unsupported' });
        const result = await runtime.poll(context, question.config, request);
        if (exceedsBytes(result.items.map(({ value }) => value), OUTPUT_LIMIT_BYTES) || exceedsBytes(result.cursor, cursorLimitBytes)) {
          throw new TerminalError('There is more at once than a flow can take. Look more often, or at a smaller list.', { kind: 'unsupported' });
        }
        return result;
      }),

    async testConnection({ workspaceId, connector: id, values, signal }) {
      const connector = connectors.find(({ descriptor }) => descriptor.id === id);
      if (!connector) throw new TerminalError(`There is no connector called ${id} here.`, { kind: 'unsupported' });
      refuseHeld(connector);
      const { testConnection } = connector;
      if (!testConnection) return 'Saved. This connector has no way to try credentials; they are tried when a step uses them.';
      const runId = newId('run');
      return lend({ workspaceId, connector, values, signal, runId, idempotencyKey: runId, now: new Date() }, (context) => testConnection(context));
    },
  };
}

const cursorLimitBytes = 1 << 20;

const unknownSource = (source: string) =>
  new TerminalError(`This operation has nothing called ${source} to read choices from.`, { kind: 'not_found' });

/** The same error, its class and fields kept, with the secrets gone from its message. */
function withoutSecrets(error: ConnectorError, secrets: readonly string[]): ConnectorError {
  error.message = redactText(maskSecrets(error.message, secrets));
  return error;
}
