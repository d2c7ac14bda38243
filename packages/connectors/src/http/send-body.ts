import { createHash } from 'node:crypto';
import { InputError, type Json, type JsonObject, type Path } from '@weft/connector-sdk';
import { fileContent, type FileContent, writeJson } from '@weft/connector-sdk/author';
import { type FormField, formFields, type ListSpelling, writeFields } from './form-fields.ts';

export type BodyFormat = 'json' | 'form' | 'multipart' | 'text' | 'file';

/** A body as it is sent, with the content type that says so. */
export interface SentBody {
  bytes: string | Uint8Array;
  contentType: string;
}

/**
 * @returns undefined where there is nothing to send: no body was mapped.
 * @throws {InputError} at `input.body` when the value does not fit the format.
 */
export function sendBody(body: Json | undefined, format: BodyFormat, { lists = 'usual', exact }: SendOptions = {}): SentBody | undefined {
  if (body === undefined) return undefined;
  return writers[format](body, { lists: lists === 'usual' ? 'brackets' : lists, exact });
}

export interface SendOptions {
  /** How lists are written in a form; usually `tags[]=a`, the bracket form that nearly all servers read. */
  lists?: ListSpelling;
  /** Places in the body where a text stands for a number; counts in JSON only, also in JSON that is sent as a text. */
  exact?: readonly Path[];
}

type Spelling = Exclude<ListSpelling, 'usual'>;

interface Way {
  lists: Spelling;
  exact?: readonly Path[];
}

const writers: Record<BodyFormat, (body: Json, way: Way) => SentBody> = {
  json: (body, { exact }) => ({ bytes: writeJson(body, exact), contentType: 'application/json' }),
  text: (body, { exact }) => ({ bytes: typeof body === 'string' ? body : writeJson(body, exact), contentType: 'text/plain; charset=utf-8' }),
  form: (body, { lists }) => ({ bytes: writeFields(fieldsOf(body, lists)), contentType: 'application/x-www-form-urlencoded' }),
  multipart: (body, { lists }) => {
    const parts = partsOf(body, lists);
    // Made of what is sent, so that a repeat sends the very same.
    const hash = createHash('sha256');
    for (const { name, bytes } of parts) hash.update(name).update(bytes);
    const boundary = `weft-${hash.digest('hex').slice(0, 32)}`;
    const chunks = parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n${headersOf(part)}\r\n\r\n`), part.bytes, Buffer.from('\r\n')]);
    return { bytes: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]), contentType: `multipart/form-data; boundary=${boundary}` };
  },
  file: (body) => {
    const file = fileContent(body, ['input', 'body']);
    if (file === undefined) throw new InputError(['input', 'body'], 'A file is sent as an earlier step gives it: map that whole field to the body.');
    return { bytes: file.bytes, contentType: file.contentType };
  },
};

function fieldsOf(body: Json, lists: Spelling): FormField[] {
  return Object.entries(formOf(body)).flatMap(([name, value]) => formFields(name, value, lists));
}

function formOf(body: Json): JsonObject {
  if (isObject(body)) return body;
  throw new InputError(['input', 'body'], 'A form is sent as fields, so the body must be an object with one value per field.');
}

type Part = { name: string; bytes: Uint8Array } & Partial<FileContent>;

/** A list of files is sent under one name, as browsers do. */
function partsOf(body: Json, lists: Spelling): Part[] {
  return Object.entries(formOf(body)).flatMap(([name, value]): Part[] => {
    const values = Array.isArray(value) ? value : [value];
    const files = values.map((item) => fileContent(item, ['input', 'body', name]));
    if (files.length > 0 && files.every((file) => file !== undefined)) return files.map((file) => ({ name, ...file }));
    return formFields(name, value, lists).map(({ name: field, texts }) => ({ name: field, bytes: Buffer.from(texts.join(',')) }));
  });
}

function headersOf({ name, fileName, contentType }: Part): string {
  const disposition = `Content-Disposition: form-data; name="${quoted(name)}"`;
  return fileName === undefined ? disposition : `${disposition}; filename="${quoted(fileName)}"\r\nContent-Type: ${contentType}`;
}

/** @see https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
const quoted = (text: string): string => text.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22');

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
