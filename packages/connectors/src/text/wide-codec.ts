import type { Codec, Encoding } from './encodings.ts';

const LF = 0x0a;
const CR = 0x0d;

/**
 * Of several bytes for most characters, as East Asian encodings have it. A line end is never part of another character, so lines are what
 * bytes and text have in common: each is decoded by itself, and a text takes the bytes up to as many line ends as it has.
 */
export function wideCodec(encoding: Encoding): Codec {
  const decoder = new TextDecoder(encoding);
  /** Decoded, and not asked for yet. */
  let waiting: Buffer = Buffer.alloc(0);
  return {
    decode(bytes) {
      waiting = Buffer.concat([waiting, bytes]);
      let text = '';
      for (let from = 0; from < bytes.length; ) {
        const end = lineEnd(bytes, from);
        text += decoder.decode(bytes.subarray(from, end)) + bytes.toString('latin1', end, end + 1);
        from = end + 1;
      }
      return text;
    },
    bytesOf(text) {
      let size = 0;
      for (let at = 0; at < text.length && size < waiting.length; at += 1) {
        const code = text.charCodeAt(at);
        if (code === LF || code === CR) size = lineEnd(waiting, size) + 1;
        else if (at === text.length - 1) size = waiting.length;
      }
      waiting = waiting.subarray(size);
      return size;
    },
    wholeOf: (bytes) => Math.max(bytes.lastIndexOf(LF), bytes.lastIndexOf(CR)) + 1,
    isDamaged: (text) => text.includes('\ufffd'),
  };
}

function lineEnd(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== LF && bytes[at] !== CR) at += 1;
  return at;
}
