import type { HttpResponse, Json } from '@weft/connector-sdk';
import { type ContentKind, contentKind, exactText, fileOf, isNothing, readDisposition, readJson, readText } from '@weft/connector-sdk/author';

export type AnswerFormat = 'auto' | 'json' | 'text' | 'binary';

/**
 * The body of an answer as JSON: parsed, as text, or as the file value with which a later step sends it. Nothing, or only blanks, is null.
 * @param warn - called when bytes that are no valid text had to be read as text.
 * @throws {TerminalError} of kind `contract_violation` when it should be JSON and is not.
 */
export function readAnswer(answer: HttpResponse, format: AnswerFormat, warn: (sentence: string) => void): Json {
  if (answer.body.length === 0) return null;
  const kind = format === 'auto' ? formatOf[contentKind(answer.headers['content-type'])](answer) : format;
  if (kind === 'binary') return fileIn(answer);
  if (isNothing(answer.body)) return null;
  // What only says that it is a text becomes the file that it is; who asks for a text gets one.
  if (kind === 'text' && format === 'auto' && exactText(answer) === undefined) return fileIn(answer);
  return kind === 'json' ? readJson(answer, warn) : readText(answer, warn);
}

/** Forms are read as text here: services do not answer with forms. */
const formatOf: Record<ContentKind, (answer: HttpResponse) => Exclude<AnswerFormat, 'auto'>> = {
  json: () => 'json',
  text: () => 'text',
  form: () => 'text',
  multipart: () => 'binary',
  file: () => 'binary',
  unknown: (answer) => (answer.headers['content-type'] === undefined && exactText(answer)?.includes('\0') === false ? 'text' : 'binary'),
};

const fileIn = ({ headers, body }: HttpResponse): Json =>
  fileOf(body, { contentType: headers['content-type'], fileName: readDisposition(headers['content-disposition']).fileName });
