import { type ConnectionValues, type ConnectorDescriptor } from '@weft/connector-sdk';
import { isObject, type Json, type JsonSchema } from '@weft/json-schema';
import { isSecretName, REDACTED } from '../redact/redact.ts';

/** Shorter texts would be found by chance in what has nothing to do with them. */
const shortestSecret = 6;

/** The texts of a connection that nothing may give away: what its schemas mark `x-secret`, and the forms they travel in. */
export function secretsOf(descriptor: ConnectorDescriptor, { scheme, config, credentials }: ConnectionValues): string[] {
  const auth = descriptor.auth.find(({ id }) => id === scheme);
  const plain = new Set<string>();
  collect(auth?.fields, credentials, plain);
  collect(auth?.config ?? descriptor.connectionConfig, config, plain);
  const user = credentials['username'] ?? credentials['user'];
  const forms = [...plain].flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    ...(typeof user === 'string' ? [Buffer.from(`${user}:${secret}`).toString('base64')] : []),
  ]);
  // The longest first: one secret may be part of another.
  return [...new Set(forms)].filter(({ length }) => length >= shortestSecret).toSorted((a, b) => b.length - a.length);
}

/** The same value with every occurrence of these texts replaced; an untouched value stays the same object. */
export function maskSecrets<T extends Json>(value: T, secrets: readonly string[]): T {
  if (secrets.length === 0) return value;
  // Texts become texts, and the shape of lists and objects is kept.
  return maskValue(value, secrets) as T;
}

function maskValue(value: Json, secrets: readonly string[]): Json {
  if (typeof value === 'string') return maskText(value, secrets);
  if (Array.isArray(value)) {
    const masked = value.map((item) => maskValue(item, secrets));
    return masked.some((item, index) => item !== value[index]) ? masked : value;
  }
  if (!isObject(value)) return value;
  const masked = Object.entries(value).map(([name, item]) => [maskText(name, secrets), maskValue(item, secrets)] as const);
  return masked.some(([name, item]) => value[name] !== item) ? Object.fromEntries(masked) : value;
}

function maskText(text: string, secrets: readonly string[]): string {
  let result = text;
  for (const secret of secrets) {
    if (result.includes(secret)) result = result.replaceAll(secret, REDACTED);
  }
  return result;
}

function collect(schema: JsonSchema | undefined, value: Json, secrets: Set<string>): void {
  if (!isObject(value)) return;
  for (const [name, field] of Object.entries(value)) {
    const fieldSchema = schema?.properties?.[name];
    const secret = fieldSchema?.['x-secret'] === true || isSecretName(name);
    if (secret && typeof field === 'string') secrets.add(field);
    else collect(fieldSchema, field, secrets);
  }
}
