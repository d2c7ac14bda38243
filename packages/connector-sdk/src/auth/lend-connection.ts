/**
 * What connector code gets of a connection.
 *
 * 1. Credentials that HTTP carries are put on requests here; the connector's code never holds them.
 * 2. They are sent only to the hosts of the connection. A request to any other host is refused.
 * 3. They are put on the first request of a chain only: what follows a redirect is the guarded client's, which drops them where the
 *    origin changes.
 * 4. They override headers and parameters of the request with the same name.
 * 5. Credentials that expire, or that the service refuses, are renewed, at most once a request, and used only as `renew` gave them back.
 */
import type { AuthScheme, ConnectorDescriptor } from '../descriptor.ts';
import { InputError } from '../errors.ts';
import type { ConnectionValues, HttpClient, HttpRequest } from '../runtime.ts';
import type { AuthBehaviour, AuthTable, SignedRequest } from './behaviour.ts';
import { goesTo, hostsOf } from './hosts.ts';
import { authKinds } from './kinds.ts';
import { longestFirst, secretsOf } from './secrets.ts';

export interface LendConnectionOptions {
  descriptor: ConnectorDescriptor;
  values: ConnectionValues;
  /** The guarded client. */
  http: HttpClient;
  /**
   * Stores new credentials and gives them back: those that another call has stored meanwhile, where the used ones are not the newest.
   * Absent where they are stored nowhere: they are used as they are.
   */
  renew?(used: ConnectionValues, refresh: Refresh): Promise<ConnectionValues>;
  /** Default: all kinds. */
  kinds?: AuthTable;
}

/** Gets the credentials that follow these from the service. */
export type Refresh = (values: ConnectionValues, signal: AbortSignal) => Promise<ConnectionValues>;

export interface LentConnection {
  http: HttpClient;
  /** The settings, and the credentials that the connector's own code reads. */
  connection: ConnectionValues;
  /** What may not leave, the longest first; it grows when credentials are renewed. */
  readonly secrets: readonly string[];
}

/** Renewed this long before they expire: a request and a clock need time, too. */
const leewayMs = 30_000;

/** @throws {InputError} at `connection` when the connector has no such scheme any more. */
export function lendConnection({ descriptor, values, http, renew, kinds = authKinds }: LendConnectionOptions): LentConnection {
  const scheme = schemeOf(descriptor, values.scheme);
  const { apply, expiresAt, refresh }: AuthBehaviour = kinds[scheme.kind];
  let current = values;
  let secrets = secretsOf(scheme, values, kinds);

  /** For the connector's own code and for `refresh`: nothing is put on the requests. */
  const plain: HttpClient = {
    request: async (request) => ({ ...(await http.request(request)), secrets }),
  };

  const renewed =
    refresh &&
    renew &&
    (async (used: ConnectionValues): Promise<ConnectionValues> => {
      current = await renew(used, async (old, signal) => ({ ...old, credentials: await refresh(old, { http: plain, signal }, scheme) }));
      secrets = longestFirst([...secrets, ...secretsOf(scheme, current, kinds)]);
      return current;
    });

  async function usable(): Promise<ConnectionValues> {
    const endsAt = renewed && expiresAt?.(current, scheme);
    return renewed && endsAt !== undefined && endsAt - leewayMs <= Date.now() ? renewed(current) : current;
  }

  function signing(apply: NonNullable<AuthBehaviour['apply']>): HttpClient {
    return {
      async request(request) {
        const url = URL.parse(request.url);
        // The guarded client says what is wrong with it.
        if (url === null) return http.request(request);
        const send = (given: ConnectionValues) => {
          const hosts = hostsOf(scheme, given, descriptor.governance);
          if (!goesTo(hosts, url)) throw new InputError(request.addressField ?? ['connection'], elsewhere(hosts, url));
          return http.request(signed(request, url, (parts) => apply(parts, given, scheme)));
        };
        const known = current;
        const used = renewed === undefined ? current : await orAborted(usable(), request.signal);
        let answer = await send(used);
        const isRefused = answer.status === 401 && URL.parse(answer.url)?.origin === url.origin;
        if (isRefused && renewed && used === known) {
          const next = await orAborted(renewed(used), request.signal);
          answer = await send(next);
        }
        return { ...answer, secrets };
      },
    };
  }

  return {
    http: apply === undefined ? plain : signing(apply),
    connection: apply === undefined ? values : { ...values, credentials: {} },
    get secrets() {
      return secrets;
    },
  };
}

function schemeOf({ title, auth }: ConnectorDescriptor, id: string): AuthScheme {
  const scheme = auth.find((candidate) => candidate.id === id);
  if (scheme === undefined) {
    throw new InputError(['connection'], `${title} does not offer the way to connect of this connection any more. Make a new connection.`);
  }
  return scheme;
}

function signed(request: HttpRequest, url: URL, apply: (parts: SignedRequest) => void): HttpRequest {
  const headers = Object.fromEntries(Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const parts: SignedRequest = { method: request.method, url: new URL(url), headers, body: request.body };
  apply(parts);
  return { ...request, url: parts.url.href, headers };
}

/** A renewal goes on for the others who wait for it. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function elsewhere(hosts: readonly string[], url: URL): string {
  const meant = hosts.length === 0 ? 'does not say which host its credentials are for' : `is for ${hosts.join(', ')}`;
  return `The chosen connection ${meant}, and this address goes to ${url.host}. Nothing was sent. Correct the address, or choose another connection.`;
}
