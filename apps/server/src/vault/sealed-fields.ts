import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { hidesNothing, isSecretName, mayEndSecretName } from '../redact/redact.ts';

/**
 * What stands under the name of a secret in data that is kept: `password`, `client_secret`, `x-api-key` … It is needed again when a run goes on,
 * so it is not thrown away but sealed, in the JSON text as it is written. What a program reads is the same as if nothing had been done.
 */
export interface SealedFields {
  /** @param text - JSON without spaces, as JSON.stringify writes it. @returns JSON of the same shape. */
  seal(text: string): string;
  /** What was sealed with another key, or is no seal, stays. */
  open(text: string): string;
}

/** Everything stays as it is: for stores that hold nobody's data. */
export const unsealed: SealedFields = { seal: (text) => text, open: (text) => text };

/**
 * What stands in place of a secret: the id of its seal, which secret of the text it is, and with the first one all of them in one cipher.
 * A text holds one seal, or several where texts were put together. The id cannot be guessed, so nobody's data can stand for a secret.
 */
const mark = '\\u0000sealed:';
const marked = /"\\u0000sealed:([A-Za-z0-9_-]{16}):(\d{1,9})(?::([A-Za-z0-9_-]{22,}))?"/g;
const nonceBytes = 12;
const tagBytes = 16;
/** Between secrets; JSON without spaces has none. */
const divider = '\n';

/** @param key - of this installation, for this purpose alone. */
export function createSealedFields(key: string): SealedFields {
  const derived = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', `weft fields ${purpose}`, 32));
  const cipherKey = derived('cipher');
  const nonceKey = derived('nonce');

  /** The same secrets give the same text, so that large values that are the same stay one file. */
  function encrypted(plain: string): { id: string; cipher: string } {
    const nonce = createHmac('sha256', nonceKey).update(plain).digest().subarray(0, nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', cipherKey, nonce);
    const bytes = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return { id: nonce.toString('base64url'), cipher: bytes.toString('base64url') };
  }

  function decrypted(id: string, cipher: string): string | undefined {
    const bytes = Buffer.from(cipher, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', cipherKey, Buffer.from(id, 'base64url'), { authTagLength: tagBytes });
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    const plain = decipher.update(bytes.subarray(0, -tagBytes));
    try {
      decipher.final();
    } catch (error) {
      // Somebody's data that looks like a seal, or one of another installation. Node gives this error no class and no code.
      if (error instanceof Error) return undefined;
      throw error;
    }
    return plain.toString('utf8');
  }

  return {
    seal(text) {
      const found = secretsIn(text);
      if (found.length === 0) return text;
      const { id, cipher } = encrypted(found.map(({ begin, end }) => text.slice(begin, end)).join(divider));
      const parts: string[] = [];
      let done = 0;
      for (const [index, { begin, end }] of found.entries()) {
        parts.push(text.slice(done, begin), `"${mark}${id}:${index}${index === 0 ? `:${cipher}` : ''}"`);
        done = end;
      }
      parts.push(text.slice(done));
      return parts.join('');
    },
    open(text) {
      if (!text.includes(mark)) return text;
      const seals = new Map<string, string[] | undefined>();
      return text.replace(marked, (whole, id: string, index: string, cipher: string | undefined) => {
        if (cipher !== undefined && !seals.has(id)) seals.set(id, decrypted(id, cipher)?.split(divider));
        return seals.get(id)?.[Number(index)] ?? whole;
      });
    },
  };
}

const quote = 34;

/** Where the values of secrets stand. Most texts have none, and every text of a run passes here: only the ends of names are looked at. */
function secretsIn(text: string): { begin: number; end: number }[] {
  const found: { begin: number; end: number }[] = [];
  for (let colon = text.indexOf(':'); colon !== -1; colon = text.indexOf(':', colon + 1)) {
    // Only a name ends before a colon like this: a quote inside a text has a backslash before it, which ends no secret's name.
    const end = colon - 1;
    if (text.charCodeAt(end) !== quote || !mayEndSecretName(text, end)) continue;
    if (!isSecretName(text.slice(text.lastIndexOf('"', end - 1) + 1, end))) continue;
    const begin = colon + 1;
    const behind = endOfValue(text, begin);
    if (!hidesNothing(text.slice(begin, behind))) found.push({ begin, end: behind });
    colon = behind - 1;
  }
  return found;
}

/** Behind the JSON value that begins there. */
function endOfValue(text: string, begin: number): number {
  let depth = 0;
  for (let at = begin; at < text.length; at += 1) {
    switch (text[at]) {
      case '"':
        at = endOfText(text, at);
        if (depth === 0) return at + 1;
        break;
      case '{':
      case '[':
        depth += 1;
        break;
      case '}':
      case ']':
        if (depth === 0) return at;
        depth -= 1;
        if (depth === 0) return at + 1;
        break;
      case ',':
        if (depth === 0) return at;
        break;
      default:
    }
  }
  return text.length;
}

/** Its closing quote. */
function endOfText(text: string, begin: number): number {
  for (let at = text.indexOf('"', begin + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text[at - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
  return text.length;
}
