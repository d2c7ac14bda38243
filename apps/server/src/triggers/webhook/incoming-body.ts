import {
  charsetOf, type ContentKind, contentKind, declaredText, fileOf, isNothing, jsonTextIn, readDisposition, textIn,
  UnknownCharset,
} from '@weft/connector-sdk/author';
import { JsonTextError, type Json, parseJsonWithLimits } from '@weft/json-schema';
import { formFields } from './form-fields.ts';
import { multipartFields } from './multipart.ts';
import { Refusal } from './refusal.ts';

export interface SaidOfBody {
  /** The whole header. */
  contentType: string | undefined;
  disposition?: string | undefined;
  limitBytes: number;
  /** Fields of a form that are lists however often they come. */
  lists?: ReadonlySet<string> | undefined;
}

/**
 * The body of a call as the flow sees it: JSON as it is, a form's fields and files as an object, text as a text, and bytes that no text is made of as
 * a file value; null where there is nothing, or only blanks.
 * @throws {Refusal} with the reason that is kept under the flow's rejected calls.
 */
export function incomingBody(bytes: Buffer, said: SaidOfBody): Json {
  if (bytes.length === 0) return null;
  try {
    return readers[contentKind(said.contentType)](bytes, said);
  } catch (error) {
    if (!(error instanceof UnknownCharset)) throw error;
    throw new Refusal(415, 'unsupported_content', `${error.message} Send the body in UTF-8.`);
  }
}

type Reader = (bytes: Buffer, said: SaidOfBody) => Json;

const text: Reader = (bytes, said) => {
  const charset = charsetOf(said.contentType);
  const found = textIn(bytes, charset) ?? (charset === undefined ? declaredText(bytes, said.contentType) : undefined);
  if (found === undefined) return file(bytes, said);
  return isNothing(bytes) ? null : found;
};

const file: Reader = (bytes, { contentType, disposition }) => fileOf(bytes, { contentType, fileName: readDisposition(disposition).fileName });

const readers: Record<ContentKind, Reader> = {
  json(bytes, { contentType, limitBytes }) {
    if (isNothing(bytes)) return null;
    const charset = charsetOf(contentType);
    const found = jsonTextIn(bytes, charset);
    if (found === undefined) throw notInCharset(charset);
    try {
      return parseJsonWithLimits(found, { maxBytes: limitBytes, maxDepth: 200 });
    } catch (error) {
      if (!(error instanceof JsonTextError)) throw error;
      throw new Refusal(error.code === 'too_large' ? 413 : 400, error.code === 'malformed' ? 'malformed_json' : error.code, error.message);
    }
  },
  form: (bytes, { contentType, lists }) => (isNothing(bytes) ? null : formFields(bytes.toString('latin1'), { charset: charsetOf(contentType), lists })),
  multipart: (bytes, { contentType = '', limitBytes, lists }) =>
    multipartFields(
      bytes,
      contentType,
      (part) =>
        (contentKind(part.contentType) === 'multipart' ? fileOf(part.bytes, part) : incomingBody(part.bytes, { contentType: part.contentType, limitBytes })),
      { lists },
    ),
  text,
  file,
  // Senders that know no better say “bytes” of a text, too.
  unknown: (bytes, said) => (bytes.includes(0) ? file(bytes, said) : text(bytes, said)),
};

const notInCharset = (charset = 'UTF-8') =>
  new Refusal(
    400,
    'wrong_charset',
    `The body says that it is JSON in ${charset.slice(0, 40)}, and it has bytes that are no text in it. Send it in UTF-8, or name its character set in the Content-Type.`,
  );
