import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { AddressPolicy } from './address-policy.ts';
import { nowhereToBeFound, RefusedAddress } from './refused-address.ts';

export interface PinnedAddress {
  address: string;
  family: 4 | 6;
}

/** All addresses of a name. The default asks the operating system, as every other program on the machine does. */
export type Resolver = (name: string) => Promise<PinnedAddress[]>;

export const systemResolver: Resolver = async (name) => {
  const found = await lookup(name, { all: true, verbatim: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};

/** What every connection is checked with. */
export interface Guard {
  policy: AddressPolicy;
  resolver: Resolver;
  /** Told which name stood for an address that may not be called. Default nobody. */
  refused?: (name: string, reason: RefusedAddress) => void;
}

/**
 * The addresses that may be dialled for a host: resolved once, every answer checked, then pinned.
 * One private address among public ones refuses the name: which of them a client would dial is the attacker's choice.
 * @throws {RefusedAddress} when it is an address that may not be called.
 * @throws {RetryableError} when it is a name, and any answer may not be called or there is none.
 */
export async function resolveHost(host: string, port: number, { policy, resolver, refused }: Guard): Promise<PinnedAddress[]> {
  const family = isIP(host);
  if (family !== 0) {
    policy.check(host, host, port);
    return [{ address: host, family: family === 6 ? 6 : 4 }];
  }
  const found = await resolver(host);
  if (found.length === 0) throw nowhereToBeFound(host);
  try {
    for (const { address } of found) policy.check(host, address, port);
  } catch (error) {
    // Of this machine's own name everybody knows what it stands for.
    if (!(error instanceof RefusedAddress) || isLocalhost(host)) throw error;
    refused?.(host, error);
    throw nowhereToBeFound(host, error);
  }
  return found;
}

const isLocalhost = (name: string): boolean => name === 'localhost' || name.endsWith('.localhost');

/**
 * A host as every form of it is written once: 127.1, 2130706433, 0x7f.1 and ０ become 127.0.0.1 and 0.0.0.0, names are
 * lower case and in ASCII, IPv6 has no brackets. The URL standard's host parser does it, so HTTP and other protocols agree.
 * @throws {RefusedAddress} when it is no host at all.
 */
export function normalHost(host: string): string {
  const bracketed = isIP(host) === 6 ? `[${host}]` : host;
  const url = URL.parse(`http://${bracketed}/`);
  if (url === null || url.hostname === '' || /[/?#@\\\s]/.test(host)) throw new RefusedAddress(`"${host}" is not the name or address of a server.`);
  return url.hostname.replace(/^\[|\]$/g, '');
}
