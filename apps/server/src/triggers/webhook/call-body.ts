import type { IncomingMessage } from 'node:http';
import { createPieces } from '@weft/egress';
import { Refusal, tooLarge } from './refusal.ts';
import { codingsOfCall, unpacked } from './unpacked-body.ts';

/**
 * Reads a call's body, counting while it comes: one without a length cannot grow beyond the limit either, nor one that is compressed.
 * @param done - called once, with what came; with a refusal, its beginning is for the flow's owner. Not called when the caller leaves.
 */
export function readBody(request: IncomingMessage, limitBytes: number, done: (body: Buffer, refusal?: Refusal) => void): void {
  const encoding = request.headers['content-encoding'];
  const body = createPieces();
  const codings = encoding === undefined ? undefined : codingsOfCall(encoding);
  let refusal = codings instanceof Refusal ? codings : undefined;
  if (!refusal && Number(request.headers['content-length'] ?? 0) > limitBytes) refusal = tooLarge(limitBytes);
  // A caller who leaves in the middle of the body has not sent a call; Node closes the rest.
  request.once('error', () => request.destroy());
  if (refusal) {
    const refused = refusal;
    beginningOf(request, (beginning) => done(refused.reason === 'too_large' ? beginning : Buffer.alloc(0), refused));
    cutOff(request);
    return;
  }

  request.on('data', (chunk: Buffer) => {
    if (refusal) return;
    if (body.length + chunk.length <= limitBytes) {
      body.add(chunk);
      return;
    }
    refusal = tooLarge(limitBytes);
    // The beginning is kept for the flow's owner.
    body.add(chunk.subarray(0, excerptBytes));
    cutOff(request);
    done(body.bytes().subarray(0, excerptBytes), refusal);
  });
  request.once('end', () => {
    if (refusal) return;
    if (!codings || codings instanceof Refusal) done(body.bytes());
    else void unpacked(body.bytes(), codings, limitBytes).then(({ body: whole, refusal: late }) => done(whole, late));
  });
}

/** What stands first in a body that is refused whatever follows, for the flow's owner; nothing where it does not come soon. */
function beginningOf(request: IncomingMessage, done: (bytes: Buffer) => void): void {
  const give = (chunk = Buffer.alloc(0)) => {
    clearTimeout(patience);
    request.off('data', give);
    request.off('end', give);
    done(chunk.subarray(0, excerptBytes));
  };
  const patience = setTimeout(give, 1_000);
  request.once('data', give).once('end', give);
}

/**
 * What is still on its way is thrown away for a while: closing at once would break the sender's connection before it has read
 * the answer. `connection: close` would do just that, so the connection ends here, when the sender has not ended by itself.
 */
function cutOff(request: IncomingMessage): void {
  request.resume();
  const patience = setTimeout(() => request.destroy(), 5_000).unref();
  request.once('close', () => clearTimeout(patience));
}

const excerptBytes = 1_024;
