import type { AuthScheme } from '../descriptor.ts';
import type { ConnectionValues } from '../runtime.ts';
import type { AuthBehaviour, AuthTable } from './behaviour.ts';
import { authKinds } from './kinds.ts';

/** Shorter texts occur everywhere by chance: masking them would reveal them. */
const minSecretLength = 4;

/**
 * The texts of a connection that nothing may give away: what its scheme marks secret, in the forms in which it travels. The one list of
 * what is secret in a connection.
 * @returns the longest first: one secret may be part of another.
 */
export function secretsOf(scheme: AuthScheme, values: ConnectionValues, kinds: AuthTable = authKinds): string[] {
  const behaviour: AuthBehaviour = kinds[scheme.kind];
  return longestFirst(behaviour
    .secretsOf(values, scheme)
    .flatMap((text) => [text, encodeURIComponent(text), inQuery(text)])
    .filter(({ length }) => length >= minSecretLength));
}

export const longestFirst = (secrets: readonly string[]): string[] => [...new Set(secrets)].toSorted((a, b) => b.length - a.length);

/** As forms and queries encode it: `a b` is `a+b`. */
const inQuery = (value: string): string => new URLSearchParams({ v: value }).toString().slice(2);
