import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, zstdDecompress } from 'node:zlib';

/** A header that lists more codings than this is an attack, not a body. */
const maxCodings = 3;

export type Decode = (body: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>;

const [inflated, inflatedRaw] = [promisify(inflate), promisify(inflateRaw)];

const decoders: Record<string, Decode> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  // The standard means zlib's frame; many send without it, and its first byte tells.
  deflate: (body, options) => ((body[0] ?? 0) & 0x0f) === 8 ? inflated(body, options) : inflatedRaw(body, options),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
};

export const acceptedCodings = 'gzip, br';

/** A compressed body that is not taken. */
export class CodingError extends Error {
  readonly code: 'unknown' | 'too_many' | 'too_large' | 'broken';
  /** The name of an unknown one. */
  readonly coding: string;

  constructor(code: CodingError['code'], coding = '', options?: ErrorOptions) {
    super(`A compressed body is not taken: ${code} ${coding}`, options);
    this.name = 'CodingError';
    this.code = code;
    this.coding = coding;
  }
}

/**
 * How a body is to be unpacked, outermost coding last, as the header names them.
 * @throws {CodingError} with an unknown coding, or too many.
 */
export function codingsOf(contentEncoding = ''): Decode[] {
  const names = contentEncoding.toLowerCase().split(',').map((coding) => coding.trim()).filter((coding) => coding !== '' && coding !== 'identity');
  if (names.length > maxCodings) throw new CodingError('too_many');
  return names.map((name) => {
    const decode = Object.hasOwn(decoders, name) ? decoders[name] : undefined;
    if (decode === undefined) throw new CodingError('unknown', name.slice(0, 40));
    return decode;
  });
}

/**
 * A small body that unpacks to gigabytes costs no more than the limit. Servers may label an empty body as compressed, too.
 * @throws {CodingError} over the limit, or when the coding is broken.
 */
export async function unpack<B extends Uint8Array>(body: B, codings: readonly Decode[], maxBytes: number): Promise<B | Buffer> {
  if (body.length === 0) return body;
  let unpacked: B | Buffer = body;
  try {
    for (const decode of codings.toReversed()) unpacked = await decode(unpacked, { maxOutputLength: maxBytes });
  } catch (error) {
    throw new CodingError(error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE' ? 'too_large' : 'broken', '', { cause: error });
  }
  return unpacked;
}
