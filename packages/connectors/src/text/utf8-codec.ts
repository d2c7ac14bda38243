import { isUtf8 } from 'node:buffer';
import type { Codec } from './encodings.ts';

/**
 * UTF-8. A byte that is none of it becomes half of a pair, U+DC00 and its value, as Python's `surrogateescape` has it: no file can have such
 * a character, and how many bytes a text takes can still be told.
 */
export function utf8Codec(): Codec {
  let hasEscapes = false;
  return {
    decode(bytes) {
      if (isUtf8(bytes)) return bytes.toString('utf8');
      hasEscapes = true;
      return withEscapes(bytes);
    },
    bytesOf(text) {
      const bytes = Buffer.byteLength(text, 'utf8');
      // Half of a pair counts as three bytes and was one.
      return hasEscapes ? bytes - 2 * (text.match(/\p{Surrogate}/gu)?.length ?? 0) : bytes;
    },
    wholeOf: wholeUtf8,
    isDamaged: (text) => hasEscapes && !text.isWellFormed(),
  };
}

/** Without the beginning of a character at their end. */
export function wholeUtf8(bytes: Buffer): number {
  let lead = bytes.length - 1;
  for (const first = Math.max(0, bytes.length - 3); lead > first && isInside(bytes[lead]!); ) lead -= 1;
  if (lead < 0 || isInside(bytes[lead]!)) return bytes.length;
  return bytes.length - lead < sizeAt(bytes[lead]!) ? lead : bytes.length;
}

const isInside = (byte: number): boolean => (byte & 0xc0) === 0x80;
const sizeAt = (lead: number): number => (lead < 0xc2 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 1);

function withEscapes(bytes: Buffer): string {
  let text = '';
  let good = 0;
  for (let at = 0; at < bytes.length; ) {
    const size = sizeAt(bytes[at]!);
    if (bytes[at]! < 0x80 || (size > 1 && at + size <= bytes.length && isUtf8(bytes.subarray(at, at + size)))) {
      at += size;
      continue;
    }
    text += bytes.toString('utf8', good, at) + String.fromCharCode(0xdc00 + bytes[at]!);
    at += 1;
    good = at;
  }
  return text + bytes.toString('utf8', good);
}
