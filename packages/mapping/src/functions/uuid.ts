import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { defineFunction } from './define-function.ts';

export const uuid = defineFunction({
  name: 'uuid',
  category: 'other',
  title: 'New id',
  description: 'A new unique id. When a step is retried it gets the same ids again, so nothing is created twice.',
  parameters: [],
  returns: 'text',
  resultSchema: () => ({ type: 'string', format: 'uuid' }),
  isPure: false,
  examples: [{ args: [], result: 'feeaa2ed-9445-834c-90e4-fea4e7228c76' }],
  apply: (run) => seededUuid(run.seed, run.uuids++),
});

/** The same id for the same seed, and another one for each number: version 8 of RFC 9562, made by a rule of our own. */
export function seededUuid(seed: string, number = 0): string {
  const digest = bytesToHex(sha256(utf8ToBytes(`${seed}/${number}`)));
  const variant = ((Number.parseInt(digest.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}
