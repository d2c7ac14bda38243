import type { Database } from 'better-sqlite3';
import { isObject, type Json } from '@weft/json-schema';
import { readStored } from '../db/read-stored.ts';
import { type SealedFields, unsealed } from '../vault/sealed-fields.ts';
import type { BlobStore } from './blob-store.ts';
import { LostValue } from './lost-value.ts';

/** Values whose JSON is longer stand in a file of their own. */
export const maxInlineBytes = 256 << 10;

/** Names a value that stands in a file. */
export interface LargeRef {
  sha256: string;
  sizeBytes: number;
}

/** Stands in place of a value that was not read yet. */
export class LargeValue implements LargeRef {
  readonly sha256: string;
  readonly sizeBytes: number;
  /** The part of it that is meant. */
  readonly key: string | undefined;

  constructor({ sha256, sizeBytes }: LargeRef, key?: string) {
    this.sha256 = sha256;
    this.sizeBytes = sizeBytes;
    this.key = key;
  }

  part(key: string): LargeValue {
    return new LargeValue(this, key);
  }
}

/** Keeps large values of runs in files, and knows which run names which. */
export interface LargeValues {
  /** Inside a commit, which then names it. */
  keep(runId: string, text: string): LargeRef;
  /** @throws {LostValue} when the file is gone or damaged. */
  read(ref: LargeRef & { key?: string | undefined }): Json;
  /** Deletes files that no run refers to any more, a few at a time; deleting a run deletes its references. @returns how many files went. */
  collect(now: number): number;
}

/** A value that was put just now may not be named yet. */
const graceMs = 3_600_000;
const perBatch = 500;

/** @param sealed - how secrets in the values are kept. Default: as they are. */
export function createLargeValues(database: Database, blobs: BlobStore, sealed: SealedFields = unsealed): LargeValues {
  const use = database.prepare<[string, string]>('insert into blob_uses (run_id, sha256) values (?, ?) on conflict do nothing');
  const isUsed = database.prepare<[string], number>('select 1 from blob_uses where sha256 = ? limit 1').pluck();
  let after = '';

  return {
    keep(runId, text) {
      const bytes = Buffer.from(sealed.seal(text), 'utf8');
      const sha256 = blobs.put(bytes);
      use.run(runId, sha256);
      return { sha256, sizeBytes: bytes.length };
    },
    read({ sha256, key }) {
      const bytes = blobs.get(sha256);
      if (!bytes) throw new LostValue(sha256, 'missing from the data folder');
      // Written by keep only.
      const value = readStored<Json>(sealed.open(bytes.toString('utf8')));
      return key === undefined ? value : isObject(value) && Object.hasOwn(value, key) ? (value[key] ?? null) : null;
    },
    collect(now) {
      const candidates = blobs.olderThan(now - graceMs, after, perBatch);
      after = candidates.length < perBatch ? '' : (candidates.at(-1) ?? '');
      const unused = candidates.filter((sha256) => isUsed.get(sha256) === undefined);
      // Asked and removed in one go: nothing can name it in between.
      for (const sha256 of unused) blobs.remove(sha256);
      return unused.length;
    },
  };
}

/** A payload as its column holds it: JSON, or the name of its file. No JSON begins with a `b`. */
export function payloadText(payload: Json, sealed: SealedFields, keep?: (text: string) => LargeRef): string {
  const text = JSON.stringify(payload);
  if (!keep || text.length <= maxInlineBytes) return sealed.seal(text);
  const { sha256, sizeBytes } = keep(text);
  return `blob:${sha256}:${sizeBytes}`;
}

/** @param read - gives the value of a reference, or a placeholder for it. */
export function payloadOf<T>(text: string, sealed: SealedFields, read: (ref: LargeRef) => T): Json | T {
  if (!text.startsWith('blob:')) return readStored<Json>(sealed.open(text));
  const [, sha256 = '', sizeBytes] = text.split(':');
  return read({ sha256, sizeBytes: Number(sizeBytes) });
}
