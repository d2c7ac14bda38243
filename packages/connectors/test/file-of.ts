import type { OpenFile } from '@weft/connector-sdk';

/** A file that is only bytes, which come in chunks of this size. */
export function fileOf(content: string | Uint8Array, chunkBytes = 64 << 10): OpenFile {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    sizeBytes: bytes.byteLength,
    version: String(bytes.byteLength),
    async *read(from) {
      // As a disk does it: one piece of memory for all chunks.
      const buffer = Buffer.alloc(chunkBytes);
      for (let at = from; at < bytes.byteLength; at += chunkBytes) {
        const chunk = bytes.subarray(at, at + chunkBytes);
        buffer.set(chunk);
        yield buffer.subarray(0, chunk.byteLength);
      }
    },
  };
}
