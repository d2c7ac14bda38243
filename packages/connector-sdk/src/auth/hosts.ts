import type { AuthScheme, ConnectorDescriptor } from '../descriptor.ts';
import type { ConnectionValues } from '../runtime.ts';

/** The hosts that a connection's credentials are for, as its scheme says. */
export function hostsOf({ hostSetting }: AuthScheme, { config }: ConnectionValues, { allowedHosts }: ConnectorDescriptor['governance']): string[] {
  if (hostSetting === undefined) return allowedHosts;
  const value = config[hostSetting];
  return typeof value === 'string' ? hostsIn(value) : [];
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

/** As the URL standard writes hosts: without the usual port, and 127.1 as 127.0.0.1. */
function normalHost(entry: string, protocol: string): string | undefined {
  return URL.parse(`${protocol}//${entry}/`)?.host;
}
