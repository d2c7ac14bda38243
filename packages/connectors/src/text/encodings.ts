import iconv from 'iconv-lite';

/** What the form offers. `auto` finds it out; a byte order mark says more than any choice. */
export const encodings = {
  auto: 'Find out',
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16, low byte first (what Windows calls Unicode)',
  'utf-16be': 'UTF-16, high byte first',
  'windows-1252': 'Western European (Windows-1252)',
  'iso-8859-1': 'Western European (ISO 8859-1)',
  'iso-8859-15': 'Western European with euro sign (ISO 8859-15)',
  cp850: 'Western European (DOS, code page 850)',
  cp437: 'American (DOS, code page 437)',
  macintosh: 'Western European (classic Mac OS)',
  'windows-1250': 'Central European (Windows-1250)',
  'iso-8859-2': 'Central European (ISO 8859-2)',
  cp852: 'Central European (DOS, code page 852)',
  'iso-8859-16': 'Romanian (ISO 8859-16)',
  'windows-1257': 'Baltic (Windows-1257)',
  'iso-8859-4': 'Baltic (ISO 8859-4)',
  'iso-8859-13': 'Baltic (ISO 8859-13)',
  'iso-8859-10': 'Nordic (ISO 8859-10)',
  'iso-8859-14': 'Celtic (ISO 8859-14)',
  'iso-8859-3': 'Maltese, Esperanto (ISO 8859-3)',
  'windows-1251': 'Cyrillic (Windows-1251)',
  'iso-8859-5': 'Cyrillic (ISO 8859-5)',
  'koi8-r': 'Russian (KOI8-R)',
  'koi8-u': 'Ukrainian (KOI8-U)',
  cp866: 'Cyrillic (DOS, code page 866)',
  'windows-1253': 'Greek (Windows-1253)',
  'iso-8859-7': 'Greek (ISO 8859-7)',
  'windows-1254': 'Turkish (Windows-1254)',
  'iso-8859-9': 'Turkish (ISO 8859-9)',
  'windows-1255': 'Hebrew (Windows-1255)',
  'iso-8859-8': 'Hebrew (ISO 8859-8)',
  'windows-1256': 'Arabic (Windows-1256)',
  'iso-8859-6': 'Arabic (ISO 8859-6)',
  'windows-1258': 'Vietnamese (Windows-1258)',
  'windows-874': 'Thai (Windows-874)',
  shift_jis: 'Japanese (Shift_JIS)',
  'euc-jp': 'Japanese (EUC-JP)',
  gb18030: 'Chinese, simplified (GB 18030, GBK, GB 2312)',
  big5: 'Chinese, traditional (Big5)',
  'euc-kr': 'Korean (EUC-KR)',
} as const;

export type EncodingChoice = keyof typeof encodings;
/** How a file's letters are written, once that is decided. */
export type Encoding = Exclude<EncodingChoice, 'auto'>;

export const isEncoding = (name: string): name is Encoding => name !== 'auto' && Object.hasOwn(encodings, name);

/** Bytes to text, and back to how many bytes a text takes in its file. */
export interface Codec {
  /** The text of whole characters. What is no character of this encoding becomes one that `isDamaged` finds. */
  decode(bytes: Buffer): string;
  /**
   * How many bytes the next text takes. Texts are asked for in the order in which they were decoded; each ends behind a line end, or with
   * the file.
   */
  bytesOf(text: string): number;
  /** How many bytes of these are whole characters; those behind are decoded with what follows. 0 while a line has to be waited for. */
  wholeOf(bytes: Buffer): number;
  /** A text has bytes that are none of this encoding. */
  isDamaged(text: string): boolean;
}

/** Of one byte for each character. A character that the encoding does not have is U+FFFD, which none of them has otherwise. */
export function oneByteCodec(encoding: Encoding): Codec {
  return {
    decode: (bytes) => iconv.decode(bytes, encoding, { stripBOM: false }),
    bytesOf: (text) => text.length,
    wholeOf: (bytes) => bytes.length,
    isDamaged: (text) => text.includes('\ufffd'),
  };
}

export const utf16Codec = (encoding: 'utf-16le' | 'utf-16be'): Codec => ({
  decode: encoding === 'utf-16le' ? (bytes) => bytes.toString('utf16le') : (bytes) => Buffer.from(bytes).swap16().toString('utf16le'),
  bytesOf: (text) => text.length * 2,
  // Halves of a pair come together again as text.
  wholeOf: (bytes) => bytes.length - (bytes.length % 2),
  isDamaged: (text) => !text.isWellFormed(),
});
