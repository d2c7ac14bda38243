/**
 * Bytes of one run that are to stand behind each other in a file, from a place on. They gather in one piece of memory that is used
 * again and again: a stream that made new ones for each batch would leave hundreds of megabytes to be collected.
 */
export interface Unwritten {
  readonly runId: string;
  readonly sizeBytes: number;
  /** Whether bytes at this place would stand right behind these, or in place of some of them. */
  accepts(at: number): boolean;
  /** Cuts off what is behind the place. @returns where the next ones would stand. */
  add(at: number, content: Uint8Array | string): number;
  /** What has gathered, and where it begins; it is only valid until something is added. */
  take(): { begin: number; bytes: Uint8Array };
}

export function createUnwritten(runId: string, from: number): Unwritten {
  let buffer = Buffer.allocUnsafeSlow(1 << 18);
  let begin = from;
  let size = 0;

  function makeRoom(wanted: number): void {
    if (wanted <= buffer.byteLength) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(wanted, buffer.byteLength * 2));
    buffer.copy(larger, 0, 0, size);
    buffer = larger;
  }

  return {
    runId,
    get sizeBytes() {
      return size;
    },
    accepts: (at) => at >= begin && at <= begin + size,
    add(at, content) {
      size = at - begin;
      const length = typeof content === 'string' ? Buffer.byteLength(content, 'utf8') : content.byteLength;
      makeRoom(size + length);
      if (typeof content === 'string') buffer.write(content, size, 'utf8');
      else buffer.set(content, size);
      size += length;
      return begin + size;
    },
    take() {
      const taken = { begin, bytes: buffer.subarray(0, size) };
      begin += size;
      size = 0;
      return taken;
    },
  };
}
