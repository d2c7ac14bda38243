import { randomUUID } from 'node:crypto';

export type IdPrefix = 'flow' | 'ver' | 'run' | 'ws' | 'conn' | 'sec' | 'usr' | 'ses' | 'acc' | 'vrf' | 'aud' | 'rej' | 'bf' | 'step' | 'appr';

let lastMs = 0;
let sequence = 0;

/**
 * A prefixed UUIDv7: ids made later sort later, also within a millisecond (12 bits count up), so rows are appended
 * at the end of their index.
 * @example newId('flow') // 'flow_0190163d-8694-7…'
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7
 */
export function newId<P extends IdPrefix>(prefix: P): `${P}_${string}` {
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    sequence = 0;
  } else {
    sequence += 1;
    if (sequence > 0xfff) {
      // More than 4,096 in one millisecond, or a clock set back: borrow from the next millisecond.
      lastMs += 1;
      sequence = 0;
    }
  }
  const counter = sequence.toString(16).padStart(3, '0');
  // Variant and random bits are at the same position in every version, and Node caches random bytes for these.
  const tail = randomUUID().slice(19);
  return `${firstIdAt(prefix, lastMs)}-7${counter}-${tail}` as `${P}_${string}`;
}

/** Not above any id that is made at that time or later, and above all earlier ones. @param ms - since the epoch. */
export function firstIdAt(prefix: IdPrefix, ms: number): string {
  const time = Math.max(0, ms).toString(16).padStart(12, '0');
  return `${prefix}_${time.slice(0, 8)}-${time.slice(8)}`;
}
