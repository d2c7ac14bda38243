import { charsetOf, contentKind, type Disposition, fileOf, readDisposition, textIn } from '@weft/connector-sdk/author';
import type { Json, JsonObject } from '@weft/json-schema';
import { addField, type FieldsOptions, tooManyFields, withLists } from './form-fields.ts';
import { Refusal } from './refusal.ts';

/** One part of a form as it came. */
export interface FormPart {
  contentType: string | undefined;
  disposition: Disposition;
  bytes: Buffer;
}

/** What a part without a file name is that names its own type. @throws {Refusal} */
export type ReadPart = (part: FormPart) => Json;

const maxBoundaryLength = 200;
const maxHeaderBytes = 8_192;

/**
 * The fields and files of a form as browsers send them with files in it (`multipart/form-data`). A field is a text, a file the file value,
 * and a name that comes several times a list. One pass over the bytes; their number was limited when they came.
 * @see https://www.rfc-editor.org/rfc/rfc7578
 * @throws {Refusal} where it is not written as a form is.
 * @throws {UnknownCharset}
 */
export function multipartFields(body: Buffer, contentType: string, read: ReadPart, { lists }: Pick<FieldsOptions, 'lists'> = {}): JsonObject {
  const fields: JsonObject = {};
  let count = 0;
  for (const part of partsOf(body, boundaryOf(contentType))) {
    count += 1;
    if (count > maxParts) throw tooManyFields(maxParts);
    const { name } = part.disposition;
    if (name === undefined) throw malformed('A part of it has no name');
    addField(fields, asTyped(name), valueOf(part, read));
  }
  return lists ? withLists(fields, lists) : fields;
}

const maxParts = 1_000;

function valueOf(part: FormPart, read: ReadPart): Json {
  const { contentType, disposition, bytes } = part;
  if (disposition.fileName !== undefined) return fileOf(bytes, { contentType, fileName: asTyped(disposition.fileName) });
  // What a person has typed is a text also where it is nothing.
  const text = contentType === undefined || contentKind(contentType) === 'text' ? textIn(bytes, charsetOf(contentType)) : undefined;
  return text ?? read(part);
}

/** Browsers escape three signs within names, and nothing else. */
const asTyped = (name: string): string => name.replaceAll(/%(?:22|0D|0A)/gi, decodeURIComponent);

function boundaryOf(contentType: string): string {
  const [, quoted, token] = /;\s*boundary\s*=\s*(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? token;
  if (boundary === undefined || boundary.length > maxBoundaryLength) throw malformed('Its content type names no boundary');
  return boundary;
}

function* partsOf(body: Buffer, boundary: string): Generator<FormPart> {
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  // The first one has no line end before it, unless something stands in front.
  const first = delimiter.subarray(2);
  let at = body.subarray(0, first.length).equals(first) ? endOfDelimiter(body, first.length) : undefined;
  if (at === undefined) {
    const found = nextDelimiter(body, 0, delimiter);
    if (!found) throw malformed('It does not begin with its boundary');
    at = found.behind;
  }
  while (at !== 'last') {
    const end = body.indexOf('\r\n\r\n', at - 2, 'latin1');
    if (end === -1 || end - at > maxHeaderBytes) throw malformed('A part of it has no beginning');
    const begin = end + 4;
    // A part without anything in it: its delimiter shares the line end with its headers.
    const found = nextDelimiter(body, begin - 2, delimiter);
    if (!found) throw malformed('It breaks off');
    yield partOf(body.toString('latin1', at, end), body.subarray(begin, Math.max(begin, found.from)));
    at = found.behind;
  }
}

/** Where the next delimiter begins, and where what follows it does; `last` where nothing does. */
function nextDelimiter(body: Buffer, from: number, delimiter: Buffer): { from: number; behind: number | 'last' } | undefined {
  for (let at = body.indexOf(delimiter, from); at !== -1; at = body.indexOf(delimiter, at + 1)) {
    const behind = endOfDelimiter(body, at + delimiter.length);
    // Else it only begins like one.
    if (behind !== undefined) return { from: at, behind };
  }
  return undefined;
}

function endOfDelimiter(body: Buffer, at: number): number | 'last' | undefined {
  if (body[at] === hyphen && body[at + 1] === hyphen) return 'last';
  let end = at;
  while (body[end] === space || body[end] === tab) end += 1;
  return body[end] === carriageReturn && body[end + 1] === lineFeed ? end + 2 : undefined;
}

function partOf(headers: string, bytes: Buffer): FormPart {
  const lines = headers.split('\r\n');
  const valueOfHeader = (name: string): string | undefined => lines.find((line) => line.toLowerCase().startsWith(`${name}:`))?.slice(name.length + 1).trim();
  return {
    contentType: valueOfHeader('content-type'),
    disposition: readDisposition(valueOfHeader('content-disposition')),
    bytes: decoded(bytes, valueOfHeader('content-transfer-encoding')?.toLowerCase()),
  };
}

/** Forms need no such encoding (RFC 7578 §4.7), but programs that make them as mails are made write it. */
function decoded(bytes: Buffer, encoding: string | undefined): Buffer {
  if (encoding === 'base64') return Buffer.from(bytes.toString('latin1'), 'base64');
  if (encoding !== 'quoted-printable') return bytes;
  const text = bytes.toString('latin1').replaceAll(/[ \t]+(?=\r?\n)|=[ \t]*\r?\n/g, '');
  return Buffer.from(text.replaceAll(/=([0-9a-f]{2})/gi, (_escape, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1');
}

const malformed = (what: string): Refusal => new Refusal(400, 'malformed_form', `The form (multipart/form-data) cannot be read. ${what}.`);

const [hyphen, space, tab, carriageReturn, lineFeed] = [0x2d, 0x20, 0x09, 0x0d, 0x0a];
