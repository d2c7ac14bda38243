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

export function isSecretName(name: string): boolean {
  return name.length <= maxNameLength && secretNames.has(name.replaceAll(/[-_]/g, '').toLowerCase());
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

/** Empty values reveal nothing, and that they are empty is often what a person looks for. */
function hidden(value: Json): Json {
  return value === null || value === '' || typeof value === 'boolean' ? value : REDACTED;
}
