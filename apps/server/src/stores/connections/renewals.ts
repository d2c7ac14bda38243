/**
 * Renews credentials that expire.
 *
 * 1. One renewal of a connection is under way at a time; concurrent callers share its result or its failure.
 * 2. Who used credentials that are not the newest gets the newest, and nothing is fetched.
 * 3. New credentials are committed before anybody has them: to the service the old ones may be used up.
 * 4. Where there are no new ones, the old ones stay as they are.
 * 5. What a person entered meanwhile wins over what was fetched.
 */
import { AuthError, type ConnectionValues, type ConnectorError, InputError, toConnectorError } from '@weft/connector-sdk';
import type { Refresh } from '@weft/connector-sdk/auth';
import type { JsonObject } from '@weft/json-schema';

/** A connection decrypted, for one call. */
export interface OpenConnection {
  id: string;
  workspaceId: string;
  connector: string;
  values: ConnectionValues;
  /** Rises with every change of the credentials. */
  version: number;
}

export interface RenewalParts {
  /** Null when it is gone. */
  open(workspaceId: string, connectionId: string): Promise<OpenConnection | null>;
  /** Commits credentials in place of those of this version. Without a wait before it writes. */
  replace(connection: OpenConnection, credentials: JsonObject): Promise<void>;
}

/**
 * @returns the connection as it stands now.
 * @throws {AuthError} when the service gives no new credentials.
 * @throws {RetryableError} when it cannot be asked at the moment.
 */
export type Renew = (used: OpenConnection, refresh: Refresh) => Promise<OpenConnection>;

/** A service takes this long at most to give new credentials; the calls that wait for them have time limits of their own. */
const refreshTimeoutMs = 30_000;

export function createRenewals({ open, replace }: RenewalParts): Renew {
  const underWay = new Map<string, Promise<OpenConnection>>();

  async function newest({ workspaceId, id }: OpenConnection): Promise<OpenConnection> {
    const opened = await open(workspaceId, id);
    if (!opened) throw new InputError(['connection'], 'The connection of this step does not exist any more. Choose another one.');
    return opened;
  }

  async function renewed(used: OpenConnection, refresh: Refresh): Promise<OpenConnection> {
    const before = await newest(used);
    if (before.version !== used.version) return before;
    const { credentials } = await refresh(before.values, AbortSignal.timeout(refreshTimeoutMs)).catch((error: unknown) => {
      throw asFailedRenewal(toConnectorError(error));
    });
    const meanwhile = await newest(used);
    if (meanwhile.version !== before.version) return meanwhile;
    await replace(before, credentials);
    return newest(used);
  }

  return (used, refresh) => {
    const running = underWay.get(used.id);
    if (running) return running;
    const renewal = renewed(used, refresh).finally(() => underWay.delete(used.id));
    underWay.set(used.id, renewal);
    return renewal;
  };
}

/** A service that is away may be asked again; anything else needs a person. */
function asFailedRenewal(error: ConnectorError): ConnectorError {
  if (error.retryable || error instanceof AuthError) return error;
  return new AuthError(
    `The sign-in of this connection could not be renewed. ${error.message} Open the connection and enter its credentials again.`,
    { cause: error },
  );
}
