import { REDACTED } from '@weft/connector-sdk';
import { isObject, type Json, type JsonObject } from '@weft/json-schema';

/** Compared in lower case without `-` and `_`, so `X-Api-Key`, `apiKey` and `api_key` are one name. */
const secretNames = new Set([
  'authorization',
  'proxyauthorization',
  'cookie',
  'setcookie',
  'password',
  'passwd',
  'passphrase',
  'secret',
  'clientsecret',
  'apikey',
  'xapikey',
  'token',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'authtoken',
  'bearertoken',
  'xauthtoken',
  'xwebhooktoken',
  'xwebhooksecret',
  'xgitlabtoken',
  'xsecrettoken',
  'xgoogchanneltoken',
  'xtelegrambotapisecrettoken',
  'csrftoken',
  'privatekey',
  'secretkey',
  'secretaccesskey',
  'connectionstring',
]);

/** `Bearer …` and `Basic …` wherever they stand, and a password inside a URL. */
const secretTexts: readonly [probe: string, pattern: RegExp, replacement: string][] = [
  ['earer ', /\b(bearer )[A-Za-z0-9._~+/=-]{8,}/gi, `$1${REDACTED}`],
  ['asic ', /\b(basic )[A-Za-z0-9+/]{8,}={0,2}/gi, `$1${REDACTED}`],
  ['://', /(:\/\/[^\s/:@]{1,200}:)[^\s/@]{1,200}@/g, `$1${REDACTED}@`],
];

/** Longer names are not looked up. */
const maxNameLength = 32;

/** The same few names come again and again; callers can make up others. */
const knownNames = new Map<string, boolean>();
const maxKnown = 1_000;

export function isSecretName(name: string): boolean {
  if (name.length > maxNameLength) return false;
  let known = knownNames.get(name);
  if (known === undefined) {
    known = secretNames.has(name.replaceAll(/[-_]/g, '').toLowerCase());
    if (knownNames.size >= maxKnown) knownNames.clear();
    knownNames.set(name, known);
  }
  return known;
}

/** The last three letters of a text before `end`, as one number; small letters and capitals alike. */
const ending = (text: string, end: number): number =>
  ((text.charCodeAt(end - 3) | 32) << 16) | ((text.charCodeAt(end - 2) | 32) << 8) | (text.charCodeAt(end - 1) | 32);

const secretEndings = new Set([...secretNames].map((name) => ending(name, name.length)));

/** False where a name that ends there is none of a secret: quickly, for texts with many names. */
export function mayEndSecretName(text: string, end: number): boolean {
  switch (text.charCodeAt(end - 1) | 32) {
    // d e g n t y, the last letters of all of them.
    case 100: case 101: case 103: case 110: case 116: case 121:
      return secretEndings.has(ending(text, end));
    // What a name is compared without may also stand at its end.
    case 45: case 127:
      return true;
    default:
      return false;
  }
}

/**
 * The one function that every payload passes on its way out: run details, live updates, captured calls, exports, errors.
 * Values under a secret's name and credentials inside texts are replaced; everything else stays the same object.
 */
export function redact<T extends Json | undefined>(value: T): T {
  // The shape is kept: a list stays a list and an object keeps its keys.
  return redactValue(value) as T;
}

function redactValue(value: Json | undefined): Json | undefined {
  if (typeof value === 'string') return redactText(value);
  if (Array.isArray(value)) return redactList(value);
  return isObject(value) ? redactObject(value) : value;
}

export function redactText(text: string): string {
  let result = text;
  for (const [probe, pattern, replacement] of secretTexts) {
    if (result.includes(probe)) result = result.replace(pattern, replacement);
  }
  return result;
}

function redactList(list: Json[]): Json[] {
  let copy: Json[] | undefined;
  for (const [index, item] of list.entries()) {
    const redacted = redactValue(item) ?? null;
    if (redacted === item) continue;
    copy ??= [...list];
    copy[index] = redacted;
  }
  return copy ?? list;
}

function redactObject(object: JsonObject): JsonObject {
  let copy: JsonObject | undefined;
  for (const [name, value] of Object.entries(object)) {
    const redacted = isSecretName(name) ? hidden(value) : (redactValue(value) ?? null);
    // Assigning to __proto__ would set the prototype; such keys are refused at every entrance.
    if (redacted === value || name === '__proto__') continue;
    copy ??= { ...object };
    copy[name] = redacted;
  }
  return copy ?? object;
}

/** JSON text of what `redact` leaves: see `hidden`. */
export const hidesNothing = (json: string): boolean => json === 'null' || json === '""' || json === 'true' || json === 'false';

/** Empty values reveal nothing, and that they are empty is often what a person looks for. */
function hidden(value: Json): Json {
  return value === null || value === '' || typeof value === 'boolean' ? value : REDACTED;
}
