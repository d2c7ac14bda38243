/**
 * What connector code is lent for one call, and what it gives back.
 *
 * 1. A connection is opened for one call, and only for the connector that it was made for.
 * 2. Whatever leaves connector code – result, error, log – passes `give` or the log here: it holds no secret of the connection, also none
 *    that the credentials were renewed to during the call.
 * 3. A batch is masked on its way to the engine like any other result; nothing else is done to it.
 * 4. The network reaches what the connector declares, and no further (`wayOut` of the SDK).
 * 5. What was lent is given back when the call ends, whatever happened: after `give`, or by `ended`.
 */
import {
  type Connector, type ConnectorError, type HttpClient, InputError, maskText, type NetworkGuard, type Operation, type OperationContext,
  toConnectorError,
} from '@weft/connector-sdk';
import { type AuthTable, lendConnection, type LentConnection, type WayOut, wayOut } from '@weft/connector-sdk/auth';
import type { Json } from '@weft/json-schema';
import type { Logger } from 'pino';
import { allInUseError, isAllInUse } from '../open-when-free.ts';
import { redact, redactText } from '../redact/redact.ts';
import type { OpenConnection, Renew } from '../stores/connections/renewals.ts';
import type { LentFiles } from '../stores/files/file-store.ts';
import { maskSecrets } from './mask-secrets.ts';
import { createPlaces } from './places.ts';

export interface LendingParts {
  /** The guarded way out. */
  http: HttpClient;
  net: NetworkGuard;
  /** Null when the workspace has no such connection. */
  openConnection(workspaceId: string, connectionId: string): Promise<OpenConnection | null>;
  renewConnection: Renew;
  /** Default: the kinds of auth schemes there are. */
  authKinds?: AuthTable;
  filesOf(workspaceId: string): LentFiles;
  log: Logger;
}

export interface Call {
  workspaceId: string;
  connector: Connector;
  /** Absent for a test of a connection. */
  operation?: Operation;
  /** Its id, or the connection itself where it was opened already. */
  connection?: string | OpenConnection;
  signal: AbortSignal;
  timeoutMs?: number | undefined;
  runId: string;
  idempotencyKey: string;
  now: Date;
  /** Places in the input where a text stands for a number. Default none. */
  exact?: OperationContext['exact'];
  /** Takes what the connector warns of. Default: the log. */
  warn?: ((sentence: string) => void) | undefined;
}

export interface Lent {
  context: OperationContext;
  /** Runs connector code, which ends the call. @throws {ConnectorError} whatever it throws. */
  give<T>(work: (context: OperationContext) => Promise<T>, mask?: Mask<T>): Promise<T>;
  /** The call has ended, where it was not one of `give`. */
  ended(): void;
  /** A value as it may leave. */
  masked<T>(value: T, mask?: Mask<T>): T;
  /** An error as it may leave. */
  failed(error: unknown): ConnectorError;
}

/** Takes the secrets out of a value that is not plain JSON. */
export type Mask<T> = (value: T, secrets: readonly string[]) => T;

/** Lends for one call. @throws {InputError} at `connection` when there is none to be had. */
export type Lend = (call: Call) => Promise<Lent>;

export function createLending({ http, net, openConnection, renewConnection, authKinds, filesOf, log }: LendingParts): Lend {
  const takePlace = createPlaces();

  async function open({ workspaceId, connector, connection }: Call): Promise<OpenConnection | undefined> {
    if (connection === undefined) return undefined;
    const opened = typeof connection === 'string' ? await openConnection(workspaceId, connection) : connection;
    // A connection of another connector would hand its credentials to code they were not given to.
    if (!opened || opened.connector !== connector.descriptor.id) {
      throw new InputError(['connection'], 'The connection of this step does not exist any more. Choose another one.');
    }
    return opened;
  }

  function lentOf({ descriptor }: Connector, opened: OpenConnection, { http }: WayOut): LentConnection {
    let current = opened;
    return lendConnection({
      descriptor,
      values: opened.values,
      http,
      kinds: authKinds,
      async renew(used, refresh) {
        // Another request of this call may have renewed it meanwhile.
        if (used === current.values) current = await renewConnection(current, refresh);
        return current.values;
      },
    });
  }

  /** A place among the calls at once that the operation allows. */
  function placeFor({ workspaceId, connector: { descriptor }, operation, connection, signal }: Call): Promise<() => void> | undefined {
    const max = operation?.limits?.concurrency;
    if (operation === undefined || max === undefined) return undefined;
    const whose = typeof connection === 'object' ? connection.id : (connection ?? workspaceId);
    return takePlace(`${descriptor.id}/${operation.id}:${whose}`, max, signal);
  }

  return async (call) => {
    const { workspaceId, connector, operation, signal, timeoutMs, runId, idempotencyKey, now, exact, warn } = call;
    const opened = await open(call);
    const out = wayOut({ http, net }, { descriptor: connector.descriptor, operation, values: opened?.values });
    const lent = opened && lentOf(connector, opened, out);
    const secrets = (): readonly string[] => lent?.secrets ?? [];

    /** The same error, its class and fields kept, with the secrets gone from its message. */
    const failed = (error: unknown): ConnectorError => {
      const failure = toConnectorError(isAllInUse(error) ? allInUseError(error) : error);
      failure.message = redactText(maskText(failure.message, secrets()));
      return failure;
    };
    // Some services send back what they were sent, credentials included. What connectors give is JSON.
    const masked = <T>(value: T, mask: Mask<T> = (json, texts) => maskSecrets(json as Json, texts) as T): T =>
      (secrets().length === 0 ? value : mask(value, secrets()));

    const giveBack = await placeFor(call);
    const files = filesOf(workspaceId);
    const ended = (): void => {
      giveBack?.();
      files.ended();
    };
    const context: OperationContext = {
      workspaceId,
      http: lent?.http ?? out.http,
      net: out.net,
      files,
      connection: lent?.connection,
      signal,
      timeoutMs,
      idempotencyKey,
      runId,
      now,
      exact,
      warn(sentence) {
        const text = redactText(maskText(sentence, secrets()));
        if (warn) warn(text);
        else log.warn({ connector: connector.descriptor.id, runId }, text);
      },
      log(message, details) {
        const entry = redact(maskSecrets(details ?? {}, secrets()));
        log.info({ connector: connector.descriptor.id, runId, details: entry }, redactText(maskText(message, secrets())));
      },
    };
    return {
      context,
      failed,
      masked,
      ended,
      async give(work, mask) {
        try {
          return masked(await work(context), mask);
        } catch (error) {
          throw failed(error);
        } finally {
          ended();
        }
      },
    };
  };
}
