import { z } from 'zod';
import type { AuthScheme } from '../descriptor.ts';
import { secret } from './parts.ts';
import { withSchemas, type Published } from './publish-schema.ts';

interface AuthOptions {
  id?: string;
  title?: string;
  help?: string;
  /** Settings that are not secret, in place of the connector's own `connectionConfig`. */
  config?: z.ZodObject;
}

/** A connection that carries no credentials: only its settings. */
export function noAuth(options: AuthOptions = {}): AuthScheme {
  return scheme('none', { id: 'none', title: 'No credentials' }, options, z.object({}));
}

/** `credentials: { username, password }` */
export function basicAuth(options: AuthOptions = {}): AuthScheme {
  return scheme(
    'basic',
    { id: 'basic', title: 'User name and password' },
    options,
    z.object({ username: z.string().min(1).meta({ title: 'User name' }), password: secret({ title: 'Password' }) }),
  );
}

/** `credentials: { token }` */
export function bearerAuth(options: AuthOptions = {}): AuthScheme {
  return scheme('bearer', { id: 'bearer', title: 'Bearer token' }, options, z.object({ token: secret({ title: 'Token' }) }));
}

/** `credentials: { key }`, or the fields given. */
export function apiKeyAuth(options: AuthOptions & { fields?: z.ZodObject } = {}): AuthScheme {
  return scheme('apiKey', { id: 'api-key', title: 'API key' }, options, options.fields ?? z.object({ key: secret({ title: 'Key' }) }));
}

/** Any other set of fields; mark the secret ones with `secret()`. */
export function customAuth(options: AuthOptions & { id: string; title: string; fields: z.ZodObject }): AuthScheme {
  return scheme('custom', options, options, options.fields);
}

function scheme(kind: AuthScheme['kind'], defaults: { id: string; title: string }, options: AuthOptions, fields: z.ZodObject): AuthScheme {
  const id = options.id ?? defaults.id;
  const schemas = {
    ...(options.config && { config: { from: options.config, direction: 'input', where: `the settings "${id}"` } satisfies Published }),
    fields: { from: fields, direction: 'input', where: `the credentials "${id}"` } satisfies Published,
  };
  return withSchemas({ id, kind, title: options.title ?? defaults.title, ...(options.help === undefined ? {} : { help: options.help }) }, schemas);
}
