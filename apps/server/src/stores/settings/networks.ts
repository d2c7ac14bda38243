import { isIP } from 'node:net';

/**
 * @returns a sentence when the entry is neither a network in CIDR notation (`10.1.0.0/16`, `fd00::/8`), an address, nor
 *   `host:port`; undefined when it is fine.
 */
export function networkIssue(entry: string): string | undefined {
  const text = entry.trim();
  if (text === '') return 'Enter a network such as 10.1.0.0/16, or host:port such as erp.internal:8080.';
  if (isIP(text)) return undefined;
  const slash = text.lastIndexOf('/');
  if (slash > 0) {
    const address = text.slice(0, slash);
    const prefix = text.slice(slash + 1);
    const family = isIP(address);
    if (!family || !/^\d{1,3}$/.test(prefix) || Number(prefix) > (family === 4 ? 32 : 128)) {
      return `“${text}” is not a network. Write an address and the number of its fixed bits, such as 10.1.0.0/16.`;
    }
    if (!isNetworkAddress(address, Number(prefix))) {
      return `“${text}” has bits set behind its first ${prefix}. Did you mean the whole network, or the one address ${address}?`;
    }
    return undefined;
  }
  const match = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?):(\d{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  if (!match || port < 1 || port > 65_535) {
    return `“${text}” is neither a network such as 10.1.0.0/16 nor host:port such as erp.internal:8080.`;
  }
  return undefined;
}

/** Whether the network begins with this address. */
function isNetworkAddress(address: string, prefix: number): boolean {
  return !bitsOf(address).slice(prefix).includes('1');
}

function bitsOf(address: string): string {
  if (!address.includes(':')) return address.split('.').map((part) => Number(part).toString(2).padStart(8, '0')).join('');
  const [head = '', tail] = address.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':')).flatMap(groupBits);
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  return [...left, ...Array<string>(8 - left.length - right.length).fill('0'.repeat(16)), ...right].join('');
}

function groupBits(group: string): string[] {
  if (!group.includes('.')) return [Number.parseInt(group, 16).toString(2).padStart(16, '0')];
  const bits = bitsOf(group);
  return [bits.slice(0, 16), bits.slice(16)];
}
