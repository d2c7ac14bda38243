import { CodingError, codingsOf, type Decode, unpack } from '@weft/egress';
import { Refusal, tooLarge } from './refusal.ts';

/** How the body of a call is to be unpacked, or why it is not taken. */
export function codingsOfCall(contentEncoding: string): Decode[] | Refusal {
  try {
    return codingsOf(contentEncoding);
  } catch (error) {
    if (!(error instanceof CodingError)) throw error;
    return new Refusal(
      415,
      'compressed',
      `A body that is compressed as “${contentEncoding.slice(0, 40)}” is not understood here. Send it with gzip, deflate or br, or as it is.`,
    );
  }
}

/** The body as it was before it was compressed; it never takes more than the limit. */
export async function unpacked(packed: Buffer, codings: readonly Decode[], limitBytes: number): Promise<{ body: Buffer; refusal?: Refusal }> {
  try {
    return { body: await unpack(packed, codings, limitBytes) };
  } catch (error) {
    if (error instanceof CodingError && error.code === 'too_large') return { body: nothing, refusal: tooLarge(limitBytes) };
    return { body: nothing, refusal: new Refusal(400, 'compressed', 'The body says that it is compressed, but it cannot be unpacked. Send it as it is.') };
  }
}

const nothing = Buffer.alloc(0);
