import type { HttpClient, NetworkGuard } from '@weft/connector-sdk';
import { addressPolicy } from './address-policy.ts';
import type { Dispatchers } from './dispatchers.ts';
import { createHttpClient, type ExceptedOrigin } from './http-client.ts';
import { networkError } from './network-errors.ts';
import { type Guard, normalHost, resolveHost, systemResolver, type Resolver } from './resolve-host.ts';

export interface EgressOptions {
  /** The lines of "private networks Weft may call", read at every call so that a change counts at once. */
  allowed: () => readonly string[];
  /** Weft's own practice service, by exact origin and path. Default none. */
  exceptOrigins?: readonly ExceptedOrigin[];
  /** The port Weft itself listens on: refused on this machine even where its network is allowed. Default none. */
  ownPort?: () => number | undefined;
  /** Default: the operating system's. */
  resolver?: Resolver;
  /** Told which name stood for an address that may not be called, as whoever called is not. Default nobody. */
  refused?: Guard['refused'];
}

export interface Egress {
  http: HttpClient;
  net: NetworkGuard;
  /** Ends all connections; calls that are under way fail. */
  close(): Promise<void>;
}

/**
 * The one way out of the process. It refuses every address that is not public unless the administrator allowed it, in
 * whatever form it is written, whatever name stands for it, and again at every redirect.
 */
export function createEgress({ allowed, exceptOrigins = [], ownPort, resolver = systemResolver, refused }: EgressOptions): Egress {
  const guard: Guard = { policy: addressPolicy({ allowed, ownPort }), resolver, refused };
  let loading: Promise<Dispatchers> | undefined;
  // Loaded with the first call: the library behind them is a third of the whole program, and many installations start without calling anybody.
  const dispatchers = () => (loading ??= import('./dispatchers.ts').then(({ createDispatchers }) => createDispatchers(guard)));
  return {
    http: createHttpClient({ dispatchers, exceptOrigins }),
    net: {
      async resolve(host, port) {
        const name = normalHost(host);
        try {
          const found = await resolveHost(name, port, guard);
          // Other protocols dial one address only, and many machines have names with an IPv6 address they cannot reach.
          return found.find(({ family }) => family === 4) ?? found[0]!;
        } catch (error) {
          throw networkError(error, name, new AbortController().signal);
        }
      },
    },
    close: async () => (await loading)?.close(),
  };
}
