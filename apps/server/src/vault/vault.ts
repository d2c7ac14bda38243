/**
 * Secrets at rest. Each secret has a data key of its own, and the data key is wrapped with the installation's key, so
 * that key can be changed without touching what the data keys protect. AES-256-GCM twice.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { JsonObject } from '@weft/json-schema';

/** Binds a sealed value to its place: moved to another row, workspace or version it does not open. */
export interface Place {
  workspaceId: string;
  rowId: string;
  version: number;
}

export interface Vault {
  seal(place: Place, value: JsonObject): Buffer;
  /** @throws {SealBroken} when it was changed, moved, or sealed with another key. */
  open(place: Place, sealed: Buffer): JsonObject;
  /** A derived key for another purpose (signing cookies); it reveals nothing about this one. */
  derive(purpose: string): string;
}

export class SealBroken extends Error {
  constructor(cause: unknown) {
    super('These credentials cannot be read with this installation’s key. Enter them again, or put back the key file that belongs to this data.', { cause });
    this.name = 'SealBroken';
  }
}

const layout = 1;
const nonceBytes = 12;
const tagBytes = 16;
const keyBytes = 32;
const wrappedBytes = nonceBytes + keyBytes + tagBytes;

/** @param key - 32 bytes, from the key file. */
export function createVault(key: Buffer): Vault {
  if (key.length !== keyBytes) throw new RangeError('The vault’s key has 32 bytes.');
  const wrappingKey = Buffer.from(hkdfSync('sha256', key, '', 'weft vault 1', keyBytes));
  return {
    seal(place, value) {
      const aad = aadOf(place);
      const dataKey = randomBytes(keyBytes);
      return Buffer.concat([
        Buffer.from([layout]),
        encrypt(wrappingKey, dataKey, aad),
        encrypt(dataKey, Buffer.from(JSON.stringify(value)), aad),
      ]);
    },
    open(place, sealed) {
      try {
        if (sealed[0] !== layout) throw new Error(`Unknown layout ${sealed[0]}`);
        const aad = aadOf(place);
        const dataKey = decrypt(wrappingKey, sealed.subarray(1, 1 + wrappedBytes), aad);
        return JSON.parse(decrypt(dataKey, sealed.subarray(1 + wrappedBytes), aad).toString());
      } catch (error) {
        throw new SealBroken(error);
      }
    },
    derive: (purpose) => Buffer.from(hkdfSync('sha256', key, '', `weft ${purpose}`, keyBytes)).toString('base64url'),
  };
}

/** A JSON list, so that no two places can be spelled alike. */
const aadOf = ({ workspaceId, rowId, version }: Place): Buffer => Buffer.from(JSON.stringify([workspaceId, rowId, version]));

function encrypt(key: Buffer, plain: Buffer, aad: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, sealed: Buffer, aad: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes })
    .setAAD(aad)
    .setAuthTag(sealed.subarray(-tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]);
}
