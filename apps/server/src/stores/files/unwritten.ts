/** Bytes of one run that are to stand behind each other in a file, from a place on. */
export interface Unwritten {
  runId: string;
  begin: number;
  readonly sizeBytes: number;
  /** Whether bytes at this place would stand right behind these, or in place of some of them. */
  accepts(at: number): boolean;
  /** Cuts off what is behind the place. */
  add(at: number, bytes: Uint8Array): void;
  bytes(): Uint8Array;
}

export function createUnwritten(runId: string, begin: number, first: Uint8Array): Unwritten {
  let chunks = [first];
  let size = first.byteLength;
  const all = () => (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
  return {
    runId,
    begin,
    get sizeBytes() {
      return size;
    },
    accepts: (at) => at >= begin && at <= begin + size,
    add(at, bytes) {
      if (at < begin + size) chunks = [all().subarray(0, at - begin)];
      chunks.push(bytes);
      size = at - begin + bytes.byteLength;
    },
    bytes: all,
  };
}
