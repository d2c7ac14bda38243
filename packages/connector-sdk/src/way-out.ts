import { hostsToReach, isAmong } from './auth/hosts.ts';
import type { ConnectorDescriptor, Operation } from './descriptor.ts';
import { TerminalError } from './errors.ts';
import type { ConnectionValues, HttpClient, NetworkGuard } from './runtime.ts';

export interface WayOut {
  http: HttpClient;
  net: NetworkGuard;
}

export interface WayOutOptions {
  descriptor: ConnectorDescriptor;
  /** Absent for a test of a connection. */
  operation?: Operation;
  /** The connection of the call. */
  values?: ConnectionValues;
}

/**
 * The network as one call of a connector may use it: what its descriptor declares holds, whatever its code does.
 *
 * 1. It reaches the hosts of `governance.allowedHosts` and of the connection, and no others; redirects lead nowhere else.
 * 2. No answer is larger than `limits.maxBytes` of the operation.
 * 3. Each answer carries the operation's `failures`, by which `errorForAnswer` decides.
 */
export function wayOut({ http, net }: WayOut, { descriptor, operation, values }: WayOutOptions): WayOut {
  const hosts = hostsToReach(descriptor, values);
  const { failures, limits: { maxBytes } = {} } = operation ?? {};
  return {
    http: {
      async request(request) {
        const answer = await http.request(
          hosts === undefined && maxBytes === undefined
            ? request
            : { ...request, within: hosts, maxBytes: maxBytes === undefined ? request.maxBytes : Math.min(request.maxBytes ?? maxBytes, maxBytes) },
        );
        // Made for this call: a copy of it would cost more than what is added.
        answer.failures = failures;
        return answer;
      },
    },
    net: hosts === undefined ? net : {
      async resolve(host, port) {
        // What is no host at all is for the guard to refuse, in better words.
        if (/[/?#@\\\s]/.test(host)) return net.resolve(host, port);
        if (!isAmong(hosts, host, port)) throw elsewhere(descriptor, hosts, host);
        return net.resolve(host, port);
      },
    },
  };
}

function elsewhere({ title }: ConnectorDescriptor, hosts: readonly string[], host: string): TerminalError {
  const where = hosts.length === 0 ? 'no other computer' : `only ${hosts.join(', ')}`;
  return new TerminalError(`${title} may reach ${where}, and not ${host}. Nothing was sent.`, { kind: 'refused' });
}
