import chardet from 'chardet';
import iconv from 'iconv-lite';

/** What the form offers; `auto` looks at the bytes. */
export const encodings = ['auto', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-1', 'iso-8859-15', 'windows-1250'] as const;
export type Encoding = (typeof encodings)[number];

/**
 * The text of a file. A byte order mark decides before anything else; bytes that are valid UTF-8 are UTF-8; only then is
 * the encoding guessed from letter frequencies.
 * @returns the text without its byte order mark, and the encoding that was used.
 */
export function decode(bytes: Uint8Array, encoding: Encoding): { text: string; encoding: string } {
  const used = encoding === 'auto' ? detectEncoding(bytes) : encoding;
  return { text: iconv.decode(Buffer.from(bytes), used, { stripBOM: true }), encoding: used };
}

function detectEncoding(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (isUtf8(bytes)) return 'utf-8';
  const guess = chardet.detect(bytes.subarray(0, 64 * 1024))?.toLowerCase();
  // chardet tells ISO-8859-1 for what Windows writes; windows-1252 reads the same letters and the euro sign besides.
  if (!guess || guess === 'iso-8859-1' || !iconv.encodingExists(guess)) return 'windows-1252';
  return guess;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
