import type { AuthScheme, ConnectorDescriptor } from '../descriptor.ts';
import type { ConnectionValues } from '../runtime.ts';

/** The hosts that a connection's credentials are for, as its scheme says. */
export function hostsOf({ hostSetting }: AuthScheme, { config }: ConnectionValues, { allowedHosts }: ConnectorDescriptor['governance']): string[] {
  if (hostSetting === undefined) return allowedHosts;
  const value = config[hostSetting];
  return typeof value === 'string' ? hostsIn(value) : [];
}

/**
 * Where a call may go: `governance.allowedHosts`, and what the connection's scheme names as its host.
 * @returns undefined for any: the connector declares `*`. Which networks are private is up to the guarded client all the same.
 */
export function hostsToReach({ auth, governance }: ConnectorDescriptor, values?: ConnectionValues): readonly string[] | undefined {
  const { allowedHosts } = governance;
  if (allowedHosts.includes('*')) return undefined;
  const scheme = values && auth.find(({ id }) => id === values.scheme);
  return scheme?.hostSetting === undefined ? allowedHosts : [...allowedHosts, ...hostsOf(scheme, values!, governance)];
}

/** The hosts in what a person entered, in lower case; people paste whole addresses, and the host is what counts. */
export function hostsIn(entered: string): string[] {
  return entered
    .split(',')
    .map((entry) => entry.trim().toLowerCase().replace(/^https?:\/\//, '').replace(/[/?#].*$/s, ''))
    .filter((entry) => entry !== '');
}

/** Whether an address goes to one of these hosts. An entry without a port stands for the usual ports of http and https: another port is another service. */
export function goesTo(hosts: readonly string[], url: URL): boolean {
  return hosts.some((entry) => {
    if (!entry.startsWith('*.')) return normalHost(entry, url.protocol) === url.host;
    const parent = entry.slice(1);
    return url.host.endsWith(parent) && url.host.length > parent.length;
  });
}

/** Whether a host is one of these, for protocols other than HTTP: an entry without a port stands for all of them. */
export function isAmong(hosts: readonly string[], host: string, port: number): boolean {
  const sought = hostAndPort(host);
  return hosts.some((entry) => {
    if (entry.startsWith('*.')) return sought.hostname.endsWith(entry.slice(1)) && sought.hostname.length >= entry.length;
    const { hostname, port: only } = hostAndPort(entry);
    return hostname === sought.hostname && (only === '' || Number(only) === port);
  });
}

function hostAndPort(written: string): { hostname: string; port: string } {
  const text = written.trim();
  const isBareIpv6 = !text.startsWith('[') && text.split(':').length > 2;
  // The URL parser would leave the port 80 out.
  const [, name = text, port = ''] = (isBareIpv6 ? null : /^(.*?):(\d+)$/.exec(text)) ?? [];
  return { hostname: URL.parse(`http://${isBareIpv6 ? `[${text}]` : name}/`)?.hostname ?? name.toLowerCase(), port };
}

/** As the URL standard writes hosts: without the usual port, and 127.1 as 127.0.0.1. */
function normalHost(entry: string, protocol: string): string | undefined {
  return URL.parse(`${protocol}//${entry}/`)?.host;
}
