import { isUtf8 } from 'node:buffer';

/** The character set that a body is in is not known here. */
export class UnknownCharset extends Error {
  readonly charset: string;

  constructor(charset: string) {
    super(`The character set “${charset.slice(0, 40)}” is not known here.`);
    this.name = 'UnknownCharset';
    this.charset = charset;
  }
}

/**
 * Bytes as the text that they are, without the mark that says in which order its bytes stand; such a mark wins over the name.
 * @param charset - as a content type names it. Default UTF-8.
 * @returns undefined where they are no text in it: nothing is ever replaced by a sign for what could not be read.
 * @throws {UnknownCharset}
 */
export function textIn(bytes: Uint8Array, charset = 'utf-8'): string | undefined {
  const label = markOf(bytes) ?? charset;
  if (isUtf8Label(label)) {
    if (!isUtf8(bytes)) return undefined;
    return asBuffer(bytes).toString('utf8', hasUtf8Mark(bytes) ? 3 : 0);
  }
  try {
    return decoder(label, true).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/**
 * The bytes of JSON as text. JSON is UTF-8 (RFC 8259); a server that names a Latin character set mostly only names its default, so bytes that are
 * UTF-8 are read as that.
 * @returns undefined where they are no text.
 * @throws {UnknownCharset}
 */
export function jsonTextIn(bytes: Uint8Array, charset?: string): string | undefined {
  const isDefault = charset !== undefined && /^(?:iso-?8859-|windows-125|cp125|latin)/i.test(charset);
  return (isDefault ? textIn(bytes) : undefined) ?? textIn(bytes, charset);
}

/** Bytes as text with U+FFFD for what is none: for those who have asked for a text whatever there is, or only show it. */
export function lenientTextIn(bytes: Uint8Array, charset = 'utf-8'): string {
  return decoder(markOf(bytes) ?? charset, false).decode(bytes);
}

/** Whether there is nothing: no bytes, or only blanks, line ends and the mark of UTF-8. */
export function isNothing(bytes: Uint8Array): boolean {
  let at = hasUtf8Mark(bytes) ? 3 : 0;
  while (at < bytes.length && isBlank(bytes[at])) at += 1;
  return at === bytes.length;
}

/** JSON's white space. */
const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

const hasUtf8Mark = (bytes: Uint8Array): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

function markOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return hasUtf8Mark(bytes) ? 'utf-8' : undefined;
}

/** ASCII is UTF-8; who names it and sends more, sends UTF-8. Decoders would take it for Windows-1252. */
const isUtf8Label = (label: string): boolean => label === 'utf-8' || /^(?:utf-?8|us-ascii|ascii)$/i.test(label);

const asBuffer = (bytes: Uint8Array): Buffer => (Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));

function decoder(label: string, fatal: boolean): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(label, { fatal });
  } catch (error) {
    if (error instanceof RangeError) throw new UnknownCharset(label);
    throw error;
  }
}
