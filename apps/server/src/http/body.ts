import type { IncomingMessage } from 'node:http';
import { textIn } from '@weft/connector-sdk/author';
import { createPieces } from '@weft/egress';
import { type Json, JsonTextError, parseJsonWithLimits } from '@weft/json-schema';
import { mayTakeLong } from './long-bodies.ts';
import { Refused } from '../refused.ts';

const defaultMaxBytes = 8 * 1024 * 1024;
const maxDepth = 256;

interface JsonBodyOptions {
  /** Default 8 MiB. */
  limitBytes?: number;
}

/**
 * The JSON body of a request, bounded in size and depth before anybody looks at it.
 * @throws {Refused} 413, 415 or 400.
 */
export async function readJsonBody(request: Request, { limitBytes = defaultMaxBytes }: JsonBodyOptions = {}): Promise<Json> {
  if (!isJson(request)) {
    throw new Refused(415, 'content.unsupported', 'Send the body as application/json.');
  }
  const text = textIn(await readBytes(request, limitBytes));
  if (text === undefined) throw new Refused(400, 'json.malformed', 'The body is not in UTF-8, so it is no JSON.');
  try {
    return parseJsonWithLimits(text, { maxBytes: limitBytes, maxDepth });
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    throw new Refused(error.code === 'too_large' ? 413 : 400, `json.${error.code}`, error.message, { cause: error });
  }
}

export const isJson = (request: Request): boolean =>
  /^application\/(?:[a-z0-9.+-]+\+)?json\s*(?:;|$)/i.test(request.headers.get('content-type') ?? '');

/** Reads at most `limitBytes`, whatever the headers promise. */
export async function readBytes(request: Request, limitBytes: number): Promise<Uint8Array> {
  const encoding = request.headers.get('content-encoding');
  if (encoding && encoding !== 'identity') {
    throw new Refused(415, 'content.encoding', 'Send the body without compression.');
  }
  const tooLarge = () => new Refused(413, 'content.too_large', `The body is larger than ${inWords(limitBytes)}.`);
  if (Number(request.headers.get('content-length') ?? 0) > limitBytes) throw tooLarge();
  const body = createPieces();
  for await (const piece of request.body ?? []) {
    if (body.length + piece.length > limitBytes) throw tooLarge();
    body.add(piece);
  }
  return body.bytes();
}

/** A body of any size, as it comes. */
export interface BodyStream {
  /** What the sender says its size is, bytes; null where it does not. */
  announcedBytes: number | null;
  /** Each is valid until the next one is asked for. @throws {Refused} 400 when the sender leaves in the middle. */
  chunks: AsyncIterable<Uint8Array>;
}

/**
 * Read from the socket's own stream, whose chunks have their memory for themselves, and which is given back at once: a large file comes
 * faster than collections find what is left of it, and would take a hundred megabytes meanwhile.
 */
export function bodyStream(request: Request, incoming: IncomingMessage | undefined): BodyStream {
  if (incoming) mayTakeLong(incoming);
  const announced = request.headers.get('content-length');
  return {
    announcedBytes: announced === null ? null : Number(announced),
    chunks: incoming ? givenBack(incoming) : (request.body ?? empty()),
  };
}

async function* givenBack(incoming: IncomingMessage): AsyncGenerator<Uint8Array> {
  // A reader that stops half-way still has to answer on this connection.
  const chunks: AsyncIterable<Buffer<ArrayBuffer>> = incoming.iterator({ destroyOnReturn: false });
  try {
    for await (const chunk of chunks) {
      yield chunk;
      // Else the memory is also that of others.
      if (chunk.byteLength === chunk.buffer.byteLength) chunk.buffer.transfer(0);
    }
  } catch (error) {
    if (incoming.complete) throw error;
    throw new Refused(400, 'content.incomplete', 'The connection ended before the whole body had come.', { cause: error });
  }
}

async function* empty(): AsyncGenerator<Uint8Array> {}

function inWords(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.round(bytes / 1024 / 1024)} MB` : `${Math.round(bytes / 1024)} kB`;
}
