import { networkInterfaces } from 'node:os';
import ip from 'ipaddr.js';
import { compileAllowList, type AllowList, type Target } from './allow-list.ts';
import { refusedPrivate, RefusedAddress } from './refused-address.ts';

export interface AddressPolicyOptions {
  allowed: () => readonly string[];
  ownPort?: () => number | undefined;
}

/** Decides for one address at a time; every way out of the process asks it. */
export interface AddressPolicy {
  /** @throws {RefusedAddress} unless the address is public or the administrator allowed it. */
  check(host: string, address: string, port: number): void;
  /** Changes whenever the setting changes, so that what was decided before can be forgotten. */
  fingerprint(): string;
}

/** Public unicast, or allowed by the administrator's current setting. */
export function addressPolicy({ allowed, ownPort }: AddressPolicyOptions): AddressPolicy {
  let compiled: { fingerprint: string; allows: AllowList } | undefined;
  const current = () => {
    const fingerprint = allowed().join('\n');
    if (compiled?.fingerprint !== fingerprint) compiled = { fingerprint, allows: compileAllowList(allowed()) };
    return compiled;
  };
  return {
    check(host, text, port) {
      const address = ip.process(text);
      const target: Target = { host, address, port };
      if (port === ownPort?.() && isThisMachine(address)) {
        throw new RefusedAddress(
          `"${host.includes(':') ? `[${host}]` : host}:${port}" is Weft itself. To start another flow, call its webhook by the public address, or use the flow's own steps.`,
        );
      }
      if (isPublicUnicast(address)) return;
      if (!current().allows(target)) throw refusedPrivate(host);
    },
    fingerprint: () => current().fingerprint,
  };
}

type Address = Target['address'];

/** The only IPv6 space that is given out for global unicast; outside it are forms like ::7f00:1 that hide an IPv4 address. */
const globalUnicast6 = ip.parseCIDR('2000::/3');
/** Public by its range, yet answered by the cloud's host with the machine's own secrets (Azure's wire server). */
const metadataInPublicSpace = new Set(['168.63.129.16']);

function isPublicUnicast(address: Address): boolean {
  if (address.range() !== 'unicast' || metadataInPublicSpace.has(address.toString())) return false;
  return address.kind() === 'ipv4' || address.match(globalUnicast6);
}

function isThisMachine(address: Address): boolean {
  if (address.range() === 'loopback' || address.range() === 'unspecified') return true;
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return own.some((entry) => ip.process(entry.address).toNormalizedString() === address.toNormalizedString());
}
