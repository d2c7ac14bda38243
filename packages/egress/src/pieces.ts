/** A body that comes in pieces, from either side of the network. */
export interface Pieces {
  /** Bytes so far. */
  readonly length: number;
  add(piece: Uint8Array): void;
  /** All of them, in a copy of their own. */
  bytes(): Buffer;
}

/** So many pieces become one. */
const piecesAtOnce = 256;

/**
 * Who sends decides how small the pieces are. Kept as they come, single bytes would take a hundred times what was sent, since each
 * is an object of its own: a body far below any limit could end the process.
 */
export function createPieces(): Pieces {
  const joined: Buffer[] = [];
  let latest: Uint8Array[] = [];
  let length = 0;
  return {
    get length() {
      return length;
    },
    add(piece) {
      length += piece.length;
      latest.push(piece);
      if (latest.length < piecesAtOnce) return;
      joined.push(Buffer.concat(latest));
      latest = [];
    },
    bytes: () => Buffer.concat([...joined, ...latest], length),
  };
}
