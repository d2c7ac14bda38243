import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { defineFunction } from './define-function.ts';

export const hash = defineFunction({
  name: 'hash',
  category: 'other',
  title: 'Fingerprint',
  description: 'The SHA-256 of a text, in hexadecimal digits: the same text gives the same fingerprint, and nobody can read it back.',
  parameters: [{ name: 'text', title: 'Text', type: 'text' }],
  returns: 'text',
  examples: [{ args: ['abc'], result: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' }],
  apply: (_run, text) => bytesToHex(sha256(utf8ToBytes(text))),
});
