import ip from 'ipaddr.js';

type Address = ReturnType<typeof ip.parse>;

/** One line of the setting "private networks Weft may call", understood. */
type Allowed =
  | { kind: 'network'; network: [Address, number]; port?: number }
  | { kind: 'name'; name: string; port?: number };

/** Where a call wants to go: the host as the user wrote it (normalised), the address it stands for, the port. */
export interface Target {
  host: string;
  address: Address;
  port: number;
}

/** Tells whether the administrator allowed a target. Lines that cannot be understood allow nothing. */
export type AllowList = (target: Target) => boolean;

export function compileAllowList(lines: readonly string[]): AllowList {
  const entries = lines.map(parseLine).filter((entry) => entry !== undefined);
  return (target) => entries.some((entry) => matches(entry, target));
}

/**
 * What is wrong with a line of the setting, for the settings screen.
 * @returns undefined for `10.0.0.0/8`, `192.168.1.5`, `192.168.1.5:8080`, `[fd00::1]:443`, `erp.internal`, `erp.internal:8443`.
 */
export function allowedLineProblem(line: string): string | undefined {
  return parseLine(line) === undefined
    ? `“${line}” is not understood. Write a network (10.0.0.0/8), an address (192.168.1.5), or a host with its port (erp.internal:8443).`
    : undefined;
}

function matches(entry: Allowed, { host, address, port }: Target): boolean {
  if (entry.port !== undefined && entry.port !== port) return false;
  if (entry.kind === 'name') return entry.name === host;
  const [network] = entry.network;
  return network.kind() === address.kind() && address.match(entry.network);
}

const hostAndPort = /^(?<host>\[[^\]]+\]|[^:[\]]+)(?::(?<port>\d{1,5}))?$/;
const hostName = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$/;

function parseLine(line: string): Allowed | undefined {
  const text = line.trim().toLowerCase();
  if (text.includes('/')) return ip.isValidCIDR(text) ? { kind: 'network', network: ip.parseCIDR(text) } : undefined;
  if (ip.IPv6.isValid(text)) return single(text);
  const found = hostAndPort.exec(text)?.groups;
  if (found?.host === undefined) return undefined;
  const port = found.port === undefined ? undefined : Number(found.port);
  if (port !== undefined && (port < 1 || port > 65_535)) return undefined;
  const host = found.host.replace(/^\[|\]$/g, '');
  if (ip.IPv4.isValidFourPartDecimal(host) || ip.IPv6.isValid(host)) return single(host, port);
  // All digits and dots is a mistyped address, never a name.
  return hostName.test(host) && /[a-z]/.test(host) ? { kind: 'name', name: host, port } : undefined;
}

function single(text: string, port?: number): Allowed {
  const address = ip.process(text);
  return { kind: 'network', network: [address, address.kind() === 'ipv4' ? 32 : 128], port };
}
