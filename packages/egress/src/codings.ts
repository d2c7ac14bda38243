import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib';
import { TerminalError } from '@weft/connector-sdk';
import { tooLarge } from './too-large.ts';

/** A header that lists more codings than this is an attack, not a server. */
const maxCodings = 3;

export type Decode = (body: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>;

const decoders: Record<string, Decode> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
};

export const acceptedCodings = 'gzip, br';

/**
 * How a body is to be unpacked, outermost coding last, as the header names them.
 * @throws {TerminalError} with an unknown coding, or too many.
 */
export function codingsOf({ 'content-encoding': header = '' }: Record<string, string>): Decode[] {
  const names = header.toLowerCase().split(',').map((coding) => coding.trim()).filter((coding) => coding !== '' && coding !== 'identity');
  if (names.length > maxCodings) throw new TerminalError('The answer is compressed too many times over.', { kind: 'contract_violation' });
  return names.map((name) => {
    const decode = decoders[name];
    if (decode === undefined) throw new TerminalError(`The answer is compressed as "${name}", which Weft cannot unpack.`, { kind: 'unsupported' });
    return decode;
  });
}

/**
 * A small body that unpacks to gigabytes costs no more than the limit. Servers say of an empty body, too, that it is compressed.
 * @throws {TerminalError} over the limit, or when the coding is broken.
 */
export async function unpack(body: Uint8Array, codings: readonly Decode[], maxBytes: number): Promise<Uint8Array> {
  if (body.length === 0) return body;
  let unpacked = body;
  try {
    for (const decode of codings.toReversed()) unpacked = await decode(unpacked, { maxOutputLength: maxBytes });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes);
    throw new TerminalError('The answer is compressed, but it cannot be unpacked.', { kind: 'contract_violation', cause: error });
  }
  return unpacked;
}
