import { isAscii, isUtf8 } from 'node:buffer';
import { InputError, type OpenFile } from '@weft/connector-sdk';
import { oneByteCodec, utf16Codec, type Codec, type Encoding, type EncodingChoice } from './encodings.ts';
import { guessEncoding } from './guess-encoding.ts';
import { refuseOtherKinds } from './other-kind.ts';
import { utf8Codec, wholeUtf8 } from './utf8-codec.ts';
import { wideCodec } from './wide-codec.ts';

export interface TextOptions {
  encoding: EncodingChoice;
  /** With `auto`: what was found when the file was chosen. A mark and UTF-8 are facts and go before it; another guess does not. */
  found?: Encoding;
}

/** A piece of a file as text, none with half a character at its end. */
export interface Piece {
  text: string;
  /** It has bytes that are none of its encoding. */
  isDamaged: boolean;
}

/** A file as text, in one encoding from its beginning to its end. */
export interface FileText {
  /** The bytes of its byte order mark. */
  begin: number;
  /**
   * The text from a byte on, between two characters.
   * @param decided - what `encodingBefore` gave for that place.
   * @param tooLong - gives the error for a line without an end, where characters can only be told from each other from a line's begin on.
   */
  pieces(from: number, tooLong: () => Error, decided?: Encoding): AsyncGenerator<Piece>;
  /** How many bytes a text takes that came out of `pieces`; in their order, each ending behind a line end or with the file. */
  bytesOf(text: string): number;
  /** A text has bytes that are none of the encoding. */
  isDamaged(text: string): boolean;
  /** The encoding; undefined as long as nothing but ASCII has come, which is the same in all that are left to choose from. */
  encoding(): Encoding | undefined;
  /** The same, as it was decided by what stands before this byte: what a cursor keeps. Undefined also where every read decides the same. */
  encodingBefore(offset: number): Encoding | undefined;
}

const LF = 0x0a;
const CR = 0x0d;
const sampleBytes = 64 << 10;
/** Lines of so many bytes are enough to guess by. */
const guessedBytes = 16 << 10;
/** So far is looked for letters that tell which encoding it is. */
const guessBytes = 64 << 20;
/** More in one line is nearly always a file of another kind. */
export const maxLine = 8 << 20;

/**
 * A file as text. Its encoding is that of its byte order mark, else the chosen one. `auto`: UTF-16 is told by its zero bytes, UTF-8 by its first bytes
 * that are not ASCII, wherever they stand; what is neither is what was found at set-up, else guessed from the lines that have such bytes. So all
 * readers of a file agree, and none decides from a beginning that says nothing.
 * @throws {InputError} at `config.encoding` where the file is UTF-16 and another encoding was chosen, and at `config.file` for one that is no text.
 */
export async function openText(file: OpenFile, options: TextOptions): Promise<FileText> {
  const head = await bytesFrom(file, 0, sampleBytes);
  refuseOtherKinds(head);
  const mark = markOf(head);
  const wide = mark ? undefined : utf16In(head, file.sizeBytes);
  if (wide && options.encoding !== 'auto' && !isWide(options.encoding)) {
    throw new InputError(['config', 'encoding'], `This file is not ${options.encoding}: its bytes are those of UTF-16. Choose “Find out”, or ${wide}.`);
  }
  const fixed = mark?.encoding ?? (options.encoding === 'auto' ? wide : options.encoding);
  let encoding = fixed;
  let codec = codecOf(fixed ?? 'utf-8');
  let decidedAt: number | undefined;

  async function decide(place: number): Promise<void> {
    encoding = await encodingFrom(file, place, options.found);
    codec = codecOf(encoding);
    decidedAt = place;
  }

  function pieceOf(bytes: Buffer): Piece {
    if (encoding === undefined) return { text: bytes.toString('latin1'), isDamaged: false };
    const text = codec.decode(bytes);
    return { text, isDamaged: codec.isDamaged(text) };
  }

  return {
    begin: mark?.bytes ?? 0,
    // All that came is ASCII.
    bytesOf: (text) => (encoding === undefined ? text.length : codec.bytesOf(text)),
    isDamaged: (text) => codec.isDamaged(text),
    encoding: () => encoding,
    encodingBefore: (offset) => (decidedAt !== undefined && decidedAt < offset ? encoding : undefined),
    async *pieces(from, tooLong, decided) {
      encoding = fixed ?? decided;
      codec = codecOf(encoding ?? 'utf-8');
      decidedAt = fixed === undefined && decided !== undefined ? -1 : undefined;
      let held: Buffer = Buffer.alloc(0);
      let at = from;
      for await (const chunk of file.read(from)) {
        const here = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
        const bytes = held.length > 0 ? Buffer.concat([held, here]) : here;
        if (encoding === undefined && !isAscii(bytes)) await decide(at + firstForeign(bytes, 0));
        const end = isWide(encoding) ? 0 : bytes.lastIndexOf(LF) + 1;
        // Pieces that end behind a row are quicker: nothing of them has to be put before the next one.
        const whole = end > 0 ? end : codec.wholeOf(bytes);
        // The chunk is not ours to keep.
        held = whole < bytes.length ? Buffer.from(bytes.subarray(whole)) : Buffer.alloc(0);
        if (held.length > maxLine) throw tooLong();
        at += whole;
        if (whole > 0) yield pieceOf(bytes.subarray(0, whole));
      }
      if (held.length > 0) yield pieceOf(held);
    },
  };
}

/** The encoding of a whole file, as far as it is looked for; `utf-8` where all of that is ASCII. */
export async function encodingOf(file: OpenFile, options: TextOptions): Promise<Encoding> {
  const text = await openText(file, options);
  let read = 0;
  for await (const { text: piece } of text.pieces(text.begin, () => new RangeError('This file has no lines.'))) {
    read += piece.length;
    if (text.encoding() !== undefined || read > 4 * guessBytes) break;
  }
  return text.encoding() ?? 'utf-8';
}

const isWide = (encoding: Encoding | undefined): boolean => encoding === 'utf-16le' || encoding === 'utf-16be';

function codecOf(encoding: Encoding): Codec {
  switch (encoding) {
    case 'utf-8':
      return utf8Codec();
    case 'utf-16le':
    case 'utf-16be':
      return utf16Codec(encoding);
    case 'shift_jis':
    case 'euc-jp':
    case 'gb18030':
    case 'big5':
    case 'euc-kr':
      return wideCodec(encoding);
    default:
      return oneByteCodec(encoding);
  }
}

function markOf(head: Buffer): { encoding: Encoding; bytes: number } | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bytes: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bytes: 2 };
  return undefined;
}

/** Bytes that make UTF-8 with so few zeros among them are that: a zero that came in by mistake does not make a file UTF-16. */
const minZeros = 0.1;

/** UTF-16 without a mark: ASCII characters, and line ends at least, have a zero byte on one side, and no character is zero. */
function utf16In(head: Buffer, sizeBytes: number): 'utf-16le' | 'utf-16be' | undefined {
  if (sizeBytes % 2 !== 0 || !head.includes(0)) return undefined;
  const ascii = [0, 0];
  for (let at = 0; at + 1 < head.length; at += 2) {
    const [low, high] = [head[at]!, head[at + 1]!];
    if (low === 0 && high === 0) return undefined;
    if (high === 0 && low < 0x80) ascii[0]! += 1;
    if (low === 0 && high < 0x80) ascii[1]! += 1;
  }
  if (ascii[0] === ascii[1]) return undefined;
  const isRare = ascii[0]! + ascii[1]! < head.length * minZeros || !hasWideLineEnds(head);
  if (isRare && isUtf8(head.subarray(0, wholeUtf8(head)))) return undefined;
  return ascii[0]! > ascii[1]! ? 'utf-16le' : 'utf-16be';
}

/** Whether most line ends have a zero beside them, as all of UTF-16 have; where there are none, nothing is said. */
function hasWideLineEnds(head: Buffer): boolean {
  let wide = 0;
  let all = 0;
  for (let at = head.indexOf(LF); at !== -1; at = head.indexOf(LF, at + 1)) {
    all += 1;
    if (head[at ^ 1] === 0) wide += 1;
  }
  return wide * 2 >= all;
}

/** By the bytes from the first one on that is not ASCII. */
async function encodingFrom(file: OpenFile, place: number, found: Encoding | undefined): Promise<Encoding> {
  const sample = await bytesFrom(file, place, sampleBytes);
  if (isMostlyUtf8(sample)) return 'utf-8';
  // What was all ASCII or UTF-8 at set-up says nothing about other letters.
  if (found && !found.startsWith('utf-')) return found;
  return guessEncoding(await foreignLines(file, Math.max(0, place - 64)));
}

/** A few broken characters do not make it another encoding: other ones hardly ever look like UTF-8. */
function isMostlyUtf8(sample: Buffer): boolean {
  const whole = sample.subarray(0, wholeUtf8(sample));
  if (isUtf8(whole)) return whole.length > 0 && !isAscii(whole);
  const text = whole.toString('utf8');
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  return (text.match(/[^\p{ASCII}\ufffd]/gu)?.length ?? 0) > broken;
}

/** The lines that are not all ASCII, up to a sample of them. */
async function foreignLines(file: OpenFile, from: number): Promise<Buffer> {
  const lines: Buffer[] = [];
  let size = 0;
  let read = 0;
  let held: Buffer = Buffer.alloc(0);
  function take(bytes: Buffer): void {
    for (let at = firstForeign(bytes, 0); at < bytes.length && size < guessedBytes; at = firstForeign(bytes, at)) {
      const begin = Math.max(0, at - 200, bytes.lastIndexOf(LF, at) + 1, bytes.lastIndexOf(CR, at) + 1);
      const end = bytes.indexOf(LF, at) + 1 || bytes.indexOf(CR, at) + 1 || bytes.length;
      const line = Buffer.from(bytes.subarray(begin, Math.min(end, begin + guessedBytes)));
      lines.push(line);
      size += line.length;
      at = end;
    }
  }
  for await (const chunk of file.read(from)) {
    const bytes = Buffer.concat([held, chunk]);
    read += chunk.byteLength;
    // A line that is cut could end inside a character.
    const whole = Math.max(bytes.lastIndexOf(LF), bytes.lastIndexOf(CR)) + 1;
    held = bytes.subarray(whole);
    take(bytes.subarray(0, whole));
    if (size >= guessedBytes || read >= guessBytes || held.length > maxLine) break;
  }
  take(held);
  return Buffer.concat(lines);
}

function firstForeign(bytes: Buffer, from: number): number {
  if (isAscii(bytes.subarray(from))) return bytes.length;
  let at = from;
  while (at < bytes.length && bytes[at]! < 0x80) at += 1;
  return at;
}

async function bytesFrom(file: OpenFile, from: number, size: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let have = 0;
  for await (const chunk of file.read(from)) {
    chunks.push(Buffer.from(chunk));
    have += chunk.byteLength;
    if (have >= size) break;
  }
  return Buffer.concat(chunks).subarray(0, size);
}
