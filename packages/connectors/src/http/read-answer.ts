import type { HttpResponse, Json } from '@weft/connector-sdk';
import { readJson, readText } from '@weft/connector-sdk/author';

export type AnswerFormat = 'auto' | 'json' | 'text' | 'binary';

/**
 * The body of an answer as JSON: parsed, as text, or as `{ contentType, sizeBytes, base64 }`. An empty one is null.
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
    contentType: headers['content-type'] ?? 'application/octet-stream',
    sizeBytes: body.length,
    base64: Buffer.from(body).toString('base64'),
  }),
};

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
