import type { JsonObject } from '@weft/json-schema';
import type { AuthKind, AuthSchemeOf } from '../descriptor.ts';
import type { ConnectionValues, HttpClient, HttpRequest } from '../runtime.ts';

/** An outgoing request, changed in place: the address may get a parameter, and `headers` have lower-case names. */
export interface SignedRequest extends Pick<HttpRequest, 'method' | 'body'> {
  url: URL;
  headers: Record<string, string>;
}

/** What the host does for the schemes of one kind. */
export interface AuthBehaviour<K extends AuthKind = AuthKind> {
  /** Puts the credentials on a request to a host of the connection. Absent: the connector's own code reads them. */
  apply?(request: SignedRequest, values: ConnectionValues, scheme: AuthSchemeOf<K>): void;
  /** When these credentials stop working, in ms since 1970; they are renewed a little before. Undefined: when a service refuses them. */
  expiresAt?(values: ConnectionValues, scheme: AuthSchemeOf<K>): number | undefined;
  /**
   * Gets new credentials from the service.
   * @returns all of them; they take the place of the old ones in the connection before they are used.
   * @throws {ConnectorError} when there are none; the old ones stay.
   */
  refresh?(values: ConnectionValues, lent: { http: HttpClient; signal: AbortSignal }, scheme: AuthSchemeOf<K>): Promise<JsonObject>;
  /** Every text that reveals a secret, before URL encoding. */
  secretsOf(values: ConnectionValues, scheme: AuthSchemeOf<K>): string[];
}

export type AuthTable = { [K in AuthKind]: AuthBehaviour<K> };
