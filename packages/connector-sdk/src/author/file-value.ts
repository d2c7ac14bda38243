import { z } from 'zod';
import type { Json, JsonObject } from '@weft/json-schema';
import { InputError } from '../errors.ts';

/**
 * A file as it travels through flows, the same from every step to every other: read from an answer, a mailbox or the workspace's files, sent
 * as a body, a part of a form or an attachment.
 */
export interface FileValue {
  fileName?: string;
  contentType?: string;
  sizeBytes?: number;
  base64: string;
}

/** A file with its bytes, as it is sent. */
export interface FileContent {
  bytes: Uint8Array;
  /** `application/octet-stream` where the value says none that HTTP and MIME can carry. */
  contentType: string;
  /** `file` where the value says none. */
  fileName: string;
}

/**
 * Bytes as the file that travels on.
 * @param contentType - as it was said; `application/octet-stream` where nothing was.
 */
export function fileOf(
  bytes: Uint8Array,
  { contentType, fileName }: { contentType?: string | undefined; fileName?: string | undefined },
): FileValue & JsonObject {
  return {
    ...(fileName !== undefined && fileName !== '' && { fileName }),
    contentType: contentType === undefined || contentType === '' ? 'application/octet-stream' : contentType,
    sizeBytes: bytes.length,
    base64: (Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).toString('base64'),
  };
}

/** A field that takes a file. */
export const fileValue = (meta: { title: string; description?: string }): z.ZodType<FileValue> =>
  z
    .object({
      fileName: z.string().optional().meta({ title: 'File name' }),
      contentType: z.string().optional().meta({ title: 'Content type', examples: ['application/pdf'] }),
      sizeBytes: z.number().optional().meta({ title: 'Size in bytes' }),
      base64: z.string().meta({ title: 'Content, in base64' }),
    })
    .meta(meta);

/**
 * The file that a value is.
 * @returns undefined where it is none.
 * @throws {InputError} at `path` when its content is no base64.
 */
export function fileContent(value: Json | FileValue, path: string[]): FileContent | undefined {
  if (!isObject(value) || typeof value['base64'] !== 'string') return undefined;
  const { base64, contentType, fileName } = value;
  const bytes = Buffer.from(base64, 'base64');
  // Buffer skips what is no base64 and says nothing; of both alphabets it reads either.
  const plain = (text: string) => text.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
  if (plain(bytes.toString('base64')) !== plain(base64)) throw new InputError([...path, 'base64'], 'This is not base64, so it is no file.');
  return {
    bytes,
    contentType: typeof contentType === 'string' && /^[\x21-\x7e]+\/[\x20-\x7e]+$/.test(contentType) ? contentType : 'application/octet-stream',
    fileName: typeof fileName === 'string' && fileName !== '' ? fileName : 'file',
  };
}

const isObject = (value: Json | FileValue): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
