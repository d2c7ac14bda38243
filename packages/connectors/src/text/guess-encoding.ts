import chardet from 'chardet';
import iconv from 'iconv-lite';
import type { Encoding } from './encodings.ts';

/** Fewer letters than this say nothing about a language. */
const tellingLetters = 20;

/** What is looked for; where several fit as well, the earlier one is more common. */
const candidates: readonly Encoding[] = [
  'windows-1252', 'shift_jis', 'euc-jp', 'euc-kr', 'gb18030', 'big5', 'windows-1254', 'windows-1250', 'windows-1251', 'windows-1253', 'windows-1255',
  'windows-1256',
  'windows-1257', 'iso-8859-2', 'koi8-r', 'iso-8859-5', 'windows-874', 'cp850', 'cp852', 'cp866', 'macintosh',
];

/**
 * The encoding of a text that is neither marked nor UTF-8. Each candidate decodes it; one that gives controls or characters that do not exist is
 * out, and of the others the one whose letters stand best together is taken: no capital behind a small letter, no sign inside a word, no
 * two alphabets in one, no heap of accents. Between equals letter frequencies decide where there are enough letters, else what is most common.
 * @param bytes - lines with bytes that are not ASCII; the more, the better.
 */
export function guessEncoding(bytes: Buffer): Encoding {
  let least = Number.POSITIVE_INFINITY;
  let equals: Encoding[] = [];
  for (const encoding of candidates) {
    const oddities = odditiesOf(bytes, encoding, least);
    if (oddities < least) equals = [];
    if (oddities <= least && oddities < Number.POSITIVE_INFINITY) equals.push(encoding);
    least = Math.min(least, oddities);
  }
  if (equals.length === 0) return 'windows-1252';
  const common = equals[0]!;
  if (equals.length === 1 || bytes.filter((byte) => byte >= 0x80).length < tellingLetters) return common;
  const confidence = new Map(chardet.analyse(bytes).map(({ name, confidence: sure }) => [oursOf(name), sure]));
  const by = (encoding: Encoding): number => confidence.get(encoding) ?? 0;
  const surest = equals.reduce((best, encoding) => (by(encoding) > by(best) ? encoding : best));
  return by(surest) >= by(common) + 10 ? surest : common;
}

/** What Windows has made of some standards reads the same letters, and the signs between besides. */
const windows: Readonly<Record<string, Encoding>> = {
  'iso-8859-1': 'windows-1252',
  'iso-8859-7': 'windows-1253',
  'iso-8859-8': 'windows-1255',
  'iso-8859-9': 'windows-1254',
};
const oursOf = (name: string): string => windows[name.toLowerCase()] ?? name.toLowerCase();

/** @param most - more need not be counted. */
function odditiesOf(bytes: Buffer, encoding: Encoding, most: number): number {
  const rows = commonRows[encoding];
  if (rows !== undefined) return odditiesOfPairs(bytes, encoding, rows);
  const text = iconv.decode(bytes, encoding, { stripBOM: false });
  // Icelandic letters without the vowels of Icelandic are Turkish ones.
  const icelandic = encoding === 'windows-1252' && !/[æáíóú]/i.test(text) ? (text.match(/[ðþ]/gi)?.length ?? 0) : 0;
  return odditiesOfLetters(text, most) + icelandic;
}

const none = /[\p{Cn}\p{Co}\ufffd\u0080-\u009f]/u;
const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Hebrew}/u, /\p{Script=Arabic}/u, /\p{Script=Thai}/u];
/** What stands inside words of several languages. */
const inWords = new Set(['’', '·', '\u00ad', '‑']);
/** Signs that stand before letters, as in °C. */
const beforeWords = new Set(['°', '€', '©', '®']);

function odditiesOfLetters(text: string, most: number): number {
  if (none.test(text)) return Number.POSITIVE_INFINITY;
  let oddities = 0;
  for (let at = 0; at < text.length && oddities <= most; at += 1) {
    if (text.charCodeAt(at) < 0x80) continue;
    const [before, here, after] = [kindOf(text[at - 1]), kindOf(text[at]), kindOf(text[at + 1])];
    if (here.script === undefined) {
      if (here.isBox || (isForeign(text[at + 1]) && after.script === undefined && text[at + 1] !== text[at] && !isQuote(text[at]))) oddities += 1;
      if (inWords.has(text[at] ?? '')) continue;
      if (after.script !== undefined && (before.script !== undefined || (here.isSign && !beforeWords.has(text[at] ?? '')))) oddities += 1;
      continue;
    }
    if (before.isLower && here.isUpper) oddities += 1;
    if (here.isLower && after.isUpper && !isForeign(text[at + 1])) oddities += 1;
    if ([before, after].some(({ script }) => script !== undefined && script !== here.script)) oddities += 1;
    const isHeaped = [text[at - 1], text[at + 1], text[at + 2]].every((other) => isForeign(other) && kindOf(other).script === here.script);
    if (here.script === 0 && isHeaped) oddities += 1;
  }
  return oddities;
}

interface Kind {
  /** Place in `scripts`; undefined for what is no letter. */
  script?: number;
  isUpper: boolean;
  isLower: boolean;
  isSign: boolean;
  isBox: boolean;
}

/** Of the characters that were met: a text has few, and has each often. */
const kinds = new Map<string, Kind>();
const maxKinds = 20_000;

function kindOf(character = ' '): Kind {
  const known = kinds.get(character);
  if (known) return known;
  const kind = newKind(character);
  if (kinds.size < maxKinds) kinds.set(character, kind);
  return kind;
}

function newKind(character: string): Kind {
  const script = /[\p{L}\p{M}]/u.test(character) && character !== 'ª' && character !== 'º' ? scripts.findIndex((one) => one.test(character)) : -1;
  return {
    ...(script >= 0 && { script }),
    isUpper: /\p{Lu}/u.test(character),
    isLower: /\p{Ll}/u.test(character),
    isSign: /[\p{S}\p{No}]/u.test(character),
    isBox: /[\u2500-\u259f]/.test(character),
  };
}

const isForeign = (character = ''): boolean => character.charCodeAt(0) >= 0x80;
const isQuote = (character = ''): boolean => /[\p{Pi}\p{Pf}\p{Ps}\p{Pd}…\u00a0]/u.test(character);

/** First bytes of the characters that most texts are made of: kana, syllables, the first level of ideographs, marks. */
const commonRows: Partial<Record<Encoding, readonly (readonly [number, number])[]>> = {
  shift_jis: [[0x81, 0x83], [0x88, 0x97]],
  'euc-jp': [[0xa1, 0xa1], [0xa4, 0xa5], [0xb0, 0xcf]],
  'euc-kr': [[0xa1, 0xa1], [0xb0, 0xc8]],
  gb18030: [[0xa1, 0xa3], [0xb0, 0xd7]],
  big5: [[0xa1, 0xc6]],
};

function odditiesOfPairs(bytes: Buffer, encoding: Encoding, rows: readonly (readonly [number, number])[]): number {
  // The sample may begin and end inside a character, but for that nothing may be wrong.
  const text = new TextDecoder(encoding).decode(bytes);
  if (none.test(text.slice(1, -1))) return Number.POSITIVE_INFINITY;
  let oddities = 0;
  let kana = false;
  let behindPair = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at]!;
    if (lead < 0x80) continue;
    const isHalfWidth = encoding === 'shift_jis' && lead >= 0xa1 && lead <= 0xdf;
    const trail = bytes[at + 1] ?? 0;
    if (isHalfWidth ||
      !rows.some(([first, last]) => lead >= first && lead <= last) ||
      (encoding.startsWith('euc') && trail < 0xa1) ||
      (encoding === 'gb18030' && trail < 0xa1)) oddities += 1;
    kana ||= encoding === 'euc-jp' && (lead === 0xa4 || lead === 0xa5);
    if (at !== behindPair && isLetter(bytes[at - 1])) oddities += 1;
    if (isHalfWidth) continue;
    at += 1;
    behindPair = at + 1;
  }
  return encoding === 'euc-jp' && !kana ? oddities + 1 : oddities;
}

const isLetter = (byte = 0): boolean => (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
