import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import { TerminalError } from '@weft/connector-sdk';

/** A header that lists more codings than this is an attack, not a server. */
const maxCodings = 3;

const decoders: Record<string, () => NodeJS.ReadWriteStream> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

export const acceptedCodings = 'gzip, br';

/**
 * The whole body, decoded. Reading stops as soon as the decoded bytes exceed the limit, so a small answer that unpacks to
 * gigabytes costs no more than the limit.
 * @throws {TerminalError} over the limit, with an unknown coding, or when the coding is broken.
 */
export async function readBody(body: Dispatcher.ResponseData['body'], headers: Record<string, string>, maxBytes: number): Promise<Uint8Array> {
  const codings = codingsOf(headers['content-encoding']);
  const announced = codings.length === 0 ? Number(headers['content-length']) : Number.NaN;
  if (announced > maxBytes) {
    abandon(body);
    throw tooLarge(maxBytes);
  }
  // The parser ends a body where its length says, so nothing has to be counted.
  if (announced <= maxBytes) return body.bytes();
  return collect(codings.length === 0 ? body : decoded(body, codings), body, maxBytes);
}

async function collect(stream: AsyncIterable<Uint8Array>, body: Readable, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      length += chunk.length;
      if (length > maxBytes) throw tooLarge(maxBytes);
      chunks.push(chunk);
    }
  } catch (error) {
    abandon(body);
    if (isBrokenCoding(error)) throw new TerminalError('The answer is compressed, but it cannot be unpacked.', { kind: 'contract_violation', cause: error });
    throw error;
  }
  return Buffer.concat(chunks, length);
}

/** Ends the connection, which would go on receiving what nobody reads. undici reports that as an error of the body; it is meant. */
function abandon(body: Readable): void {
  body.once('error', () => undefined).destroy();
}

function decoded(body: Readable, codings: string[]): AsyncIterable<Uint8Array> {
  const transforms = codings.toReversed().map((coding) => {
    const decoder = decoders[coding];
    if (decoder === undefined) throw new TerminalError(`The answer is compressed as "${coding}", which Weft cannot unpack.`, { kind: 'unsupported' });
    return decoder();
  });
  // The error reaches the reader of the last stream; the callback only keeps it from being thrown twice.
  return pipeline([body, ...transforms], () => undefined) as unknown as AsyncIterable<Uint8Array>;
}

function codingsOf(header = ''): string[] {
  const codings = header.toLowerCase().split(',').map((coding) => coding.trim()).filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length > maxCodings) throw new TerminalError('The answer is compressed too many times over.', { kind: 'contract_violation' });
  return codings;
}

function isBrokenCoding(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(Z_|ERR_|ZSTD_|BR)/.test(String(error.code)) && String(error.code) !== 'ERR_STREAM_PREMATURE_CLOSE';
}

function tooLarge(maxBytes: number): TerminalError {
  return new TerminalError(`The answer is larger than ${readableSize(maxBytes)}. Ask the service for less at once.`, { kind: 'contract_violation' });
}

function readableSize(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.round(bytes / (1024 * 1024))} MiB` : `${bytes} bytes`;
}
