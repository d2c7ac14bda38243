import { defined } from '@weft/json-schema';
import { z } from 'zod';
import type { AuthKind, AuthKinds, AuthScheme, AuthSchemeOf } from '../descriptor.ts';
import { secret } from './schema-parts.ts';
import { withSchemas, type Published } from './publish-schema.ts';

interface AuthOptions {
  id?: string;
  title?: string;
  help?: string;
  /** Settings that are not secret, in place of the connector's own `connectionConfig`. */
  config?: z.ZodObject;
  /** The setting with the hosts that the credentials are for. Default: the connector's `governance.allowedHosts`. */
  hostSetting?: string;
}

/** A connection that carries no credentials: only its settings. */
export function noAuth(options: AuthOptions = {}): AuthScheme {
  return scheme({ kind: 'none', id: 'none', title: 'No credentials' }, options, z.object({}));
}

/** `credentials: { username, password }` */
export function basicAuth(options: AuthOptions = {}): AuthScheme {
  return scheme(
    { kind: 'basic', id: 'basic', title: 'User name and password' },
    options,
    z.object({ username: z.string().min(1).meta({ title: 'User name' }), password: secret({ title: 'Password' }) }),
  );
}

/** `credentials: { token }` */
export function bearerAuth(options: AuthOptions = {}): AuthScheme {
  return scheme({ kind: 'bearer', id: 'bearer', title: 'Bearer token' }, options, z.object({ token: secret({ title: 'Token' }) }));
}

/**
 * `credentials: { key }`
 * @param options - default: the header `X-API-Key`; each part may be left to a setting of the connection, as in `name: { setting: 'name' }`.
 */
export function apiKeyAuth({ in: place = 'header', name = 'X-API-Key', prefix, ...options }: AuthOptions & Partial<AuthKinds['apiKey']> = {}): AuthScheme {
  const parts = defined({ kind: 'apiKey' as const, id: 'api-key', title: 'API key', in: place, name, prefix });
  return scheme(parts, options, z.object({ key: secret({ title: 'Key' }) }));
}

/** Any other set of fields, which the connector's own code reads; mark the secret ones with `secret()`. */
export function customAuth({ id, title, fields, ...options }: AuthOptions & { id: string; title: string; fields: z.ZodObject }): AuthScheme {
  return scheme({ kind: 'custom', id, title }, options, fields);
}

/** A scheme without its schemas, which are published when they are first read. */
type Unpublished = { [K in AuthKind]: Omit<AuthSchemeOf<K>, 'config' | 'fields'> }[AuthKind];

function scheme(parts: Unpublished, { id = parts.id, title = parts.title, help, hostSetting, config }: AuthOptions, fields: z.ZodObject): AuthScheme {
  const schemas = defined({
    config: config && { from: config, direction: 'input', where: `the settings "${id}"` } satisfies Published,
    fields: { from: fields, direction: 'input', where: `the credentials "${id}"` } satisfies Published,
  });
  return withSchemas(defined({ ...parts, id, title, help, hostSetting }), schemas);
}
