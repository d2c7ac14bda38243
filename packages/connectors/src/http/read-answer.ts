import type { HttpResponse, Json } from '@weft/connector-sdk';
import { readJson, readText } from '@weft/connector-sdk/author';

export type AnswerFormat = 'auto' | 'json' | 'text' | 'binary';

/**
 * The body of an answer as JSON: parsed, as text, or as `{ contentType, sizeBytes, base64 }`, with a `fileName` where the answer
 * has one: the form in which a later step sends a file. An empty one is null.
 * @throws {TerminalError} of kind `contract_violation` when it should be JSON and is not.
 */
export function readAnswer(answer: HttpResponse, format: AnswerFormat): Json {
  if (answer.body.length === 0) return null;
  return readers[format === 'auto' ? formatOf(answer) : format](answer);
}

const readers: Record<Exclude<AnswerFormat, 'auto'>, (answer: HttpResponse) => Json> = {
  json: readJson,
  text: readText,
  binary: ({ headers, body }) => ({
    ...fileNameOf(headers['content-disposition']),
    contentType: headers['content-type'] ?? 'application/octet-stream',
    sizeBytes: body.length,
    base64: Buffer.from(body).toString('base64'),
  }),
};

/** Only the last part of a path: the name comes from a stranger. */
function fileNameOf(disposition = ''): { fileName?: string } {
  const encoded = /filename\*\s*=\s*utf-8''([^;\s]+)/i.exec(disposition)?.[1];
  const plain = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition);
  const name = (encoded === undefined ? (plain?.[1]?.replaceAll(/\\(.)/g, '$1') ?? plain?.[2] ?? '') : decoded(encoded)).split(/[/\\]/).at(-1)?.trim() ?? '';
  return name === '' ? {} : { fileName: name };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

function formatOf(answer: HttpResponse): Exclude<AnswerFormat, 'auto'> {
  const type = (answer.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (/^(?:application|text)\/(?:[\w.-]+\+)?json$/.test(type)) return 'json';
  if (/^text\/|[/+]xml$|^application\/(?:javascript|x-www-form-urlencoded|yaml|x-ndjson|graphql)$/.test(type)) return 'text';
  return type === '' && isText(answer.body) ? 'text' : 'binary';
}

function isText(body: Uint8Array): boolean {
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(body).includes('\0');
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
