import { isObject, type Json, type JsonSchema } from '@weft/json-schema';
import type { AuthBehaviour } from './behaviour.ts';

/** Names of the fields that are marked secret. */
export function secretFields(fields: JsonSchema): string[] {
  return Object.entries(fields.properties ?? {}).flatMap(([name, field]) => (field['x-secret'] === true ? [name] : []));
}

/** The values of all fields that are marked secret, at any depth. */
export const marked: AuthBehaviour['secretsOf'] = ({ credentials }, { fields }) => markedIn(fields, credentials);

/** The same, and each together with the user, as HTTP writes user and password. */
export const markedWithUser: AuthBehaviour['secretsOf'] = (values, scheme) => {
  const secrets = marked(values, scheme);
  const user = values.credentials['username'] ?? values.credentials['user'];
  return typeof user === 'string' ? [...secrets, ...secrets.map((secret) => basicOf(user, secret))] : secrets;
};

/** @see https://www.rfc-editor.org/rfc/rfc7617 */
export const basicOf = (user: string, password: string): string => Buffer.from(`${user}:${password}`).toString('base64');

export const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

function markedIn(fields: JsonSchema | undefined, credentials: Json): string[] {
  if (!isObject(credentials)) return [];
  return Object.entries(credentials).flatMap(([name, value]) => {
    const field = fields?.properties?.[name];
    if (field?.['x-secret'] !== true) return markedIn(field, value);
    return typeof value === 'string' && value !== '' ? [value] : [];
  });
}
