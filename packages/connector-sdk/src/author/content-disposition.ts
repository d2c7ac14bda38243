import { textIn, UnknownCharset } from './read-bytes.ts';

/** What a Content-Disposition says: the kind, and the names with the last part of a path only, since they come from strangers. */
export interface Disposition {
  /** Of a form's field. */
  name?: string;
  fileName?: string;
}

/**
 * Reads a header that names a file or a form's field.
 * @param header - in Latin-1 as HTTP gives it; bytes of UTF-8 in it are read as what they are.
 * @see https://www.rfc-editor.org/rfc/rfc6266 and https://www.rfc-editor.org/rfc/rfc8187 for `filename*`
 */
export function readDisposition(header = ''): Disposition {
  const parameters = parametersOf(header);
  const name = parameters.get('name');
  const fileName = lastPart(extended(parameters.get('filename*')) ?? parameters.get('filename') ?? '');
  return { ...(name !== undefined && { name: headerText(name) }), ...(fileName !== '' && { fileName: headerText(fileName) }) };
}

/**
 * `attachment` with a name that every browser and client reads: in ASCII, and behind it as it is where that says less.
 * @see https://www.rfc-editor.org/rfc/rfc6266#appendix-D
 */
export function attachment(fileName: string): string {
  const plain = fileName.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  if (plain === fileName) return `attachment; filename="${plain}"`;
  const encoded = encodeURIComponent(fileName.toWellFormed()).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** By their names in lower case, the first of a name counts. One pass: a header is as long as its sender wants. */
function parametersOf(header: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, key = '', quoted, token = ''] of header.matchAll(/;\s*([^\s=;"]{1,40})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/g)) {
    const name = key.toLowerCase();
    // A path of Windows stands there as it is, and only a quote and a backslash are ever meant to be escaped.
    if (!found.has(name)) found.set(name, quoted === undefined ? token.trim() : quoted.replaceAll(/\\(["\\])/g, '$1'));
  }
  return found;
}

/** A value with its character set in front: `UTF-8''%e2%82%ac.pdf`, `ISO-8859-1'de'Jos%E9.pdf`. Undefined where it cannot be read. */
function extended(value: string | undefined): string | undefined {
  const [, charset = '', text] = /^([\w-]+)'[^']*'(.*)$/.exec(value ?? '') ?? [];
  if (text === undefined) return undefined;
  const bytes = Buffer.from(text.replaceAll(/%([0-9a-f]{2})/gi, (_escape, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1');
  try {
    return textIn(bytes, charset);
  } catch (error) {
    if (error instanceof UnknownCharset) return undefined;
    throw error;
  }
}

/** Names in UTF-8 that HTTP has given byte by byte; a name that is none stays Latin-1, as the standard has it. */
function headerText(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  return bytes.toString('latin1') === text ? (textIn(bytes) ?? text) : text;
}

const lastPart = (name: string): string => name.split(/[/\\]/).at(-1)?.trim() ?? '';
