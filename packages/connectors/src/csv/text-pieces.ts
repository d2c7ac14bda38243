import { isUtf8 } from 'node:buffer';
import { InputError, type OpenFile } from '@weft/connector-sdk';
import iconv from 'iconv-lite';

/** A stretch of a file as text, from a place between two characters to another one. */
export interface TextPieces {
  /**
   * The text from a byte on, a piece at a time, none with half a character at its end.
   * @param refuse - gives the error for a line that does not end.
   */
  read(from: number, refuse: () => Error): AsyncGenerator<string>;
  /** How many bytes of the file this text takes. */
  bytesOf(text: string): number;
}

const LF = 0x0a;
const wide = new Set(['utf-16le', 'utf-16be']);

/**
 * Texts of a file in one encoding. UTF-8 is checked: a byte that is none would shift every place behind it.
 * @throws {InputError} while reading, at `config.encoding`, for bytes that are no UTF-8.
 */
export function textPieces(file: OpenFile, encoding: string): TextPieces {
  const isEven = wide.has(encoding);
  const decodePiece = encoding === 'utf-8' ? utf8 : (bytes: Buffer) => iconv.decode(bytes, encoding, { stripBOM: false });
  return {
    async *read(from, refuse) {
      let held: Buffer = Buffer.alloc(0);
      let at = from;
      for await (const chunk of file.read(from)) {
        let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
        // A line end is never part of another character; where characters have two bytes, every even place is between two.
        if (held.length > 0) {
          const rest = isEven ? held.length % 2 : bytes.indexOf(LF) + 1 || bytes.length;
          const joined = Buffer.concat([held, bytes.subarray(0, rest)]);
          bytes = bytes.subarray(rest);
          held = joined;
          if (isEven || joined[joined.length - 1] === LF) {
            yield decodePiece(joined, at);
            at += joined.length;
            held = Buffer.alloc(0);
          } else if (held.length > longestLine) throw refuse();
        }
        const whole = isEven ? bytes.length - (bytes.length % 2) : bytes.lastIndexOf(LF) + 1;
        if (whole > 0) {
          const piece = bytes.subarray(0, whole);
          const place = at;
          at += whole;
          yield decodePiece(piece, place);
        }
        // The chunk is not ours to keep.
        if (whole < bytes.length) held = Buffer.concat([held, bytes.subarray(whole)]);
      }
      if (held.length > 0) yield decodePiece(held, at);
    },
    bytesOf: bytesOf(encoding),
  };
}

/** More in one row is nearly always a quote that is not closed. */
export const longestLine = 8 << 20;

export const tooLong = (line: number): InputError =>
  new InputError(['config', 'file'], `The row that begins in line ${line} is longer than 8 MB. Is a quote not closed, or is this another kind of file? Mend that line, or split the file.`);

function utf8(bytes: Buffer, at: number): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  throw new InputError(['config', 'encoding'], `Near byte ${at} this file is not UTF-8. Choose its encoding: files from Windows are mostly windows-1252.`);
}

function bytesOf(encoding: string): (text: string) => number {
  if (encoding === 'utf-8') return (text) => Buffer.byteLength(text, 'utf8');
  if (wide.has(encoding)) return (text) => text.length * 2;
  if (/^(?:windows-\d+|iso-8859-\d+)$/.test(encoding)) return (text) => text.length;
  return (text) => iconv.encode(text, encoding).length;
}
