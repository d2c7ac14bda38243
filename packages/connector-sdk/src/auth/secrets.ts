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
    .flatMap(formsOf)
    .filter(({ length }) => length >= minSecretLength));
}

export const longestFirst = (secrets: readonly string[]): string[] => [...new Set(secrets)].toSorted((a, b) => b.length - a.length);

/** Only what looks like a token is sought in other cases: a word would be found in texts that have nothing to do with it. */
const minTokenLength = 12;

/** Fewer letters are found anywhere. */
const minLetters = 8;

/** A secret as it is, and as services write down what they were sent. */
function formsOf(text: string): string[] {
  const bytes = Buffer.from(text);
  const hex = bytes.toString('hex');
  const escaped = encodeURIComponent(text);
  return [
    text, escaped, escaped.replace(/%../g, (escape) => escape.toLowerCase()), inQuery(text),
    hex, hex.toUpperCase(),
    ...[0, 1, 2].flatMap((offset) => inBase64(bytes, offset)),
    ...(text.length >= minTokenLength ? [text.toUpperCase(), text.toLowerCase()] : []),
  ];
}

/** Every three bytes are four letters, so inside a longer text a secret is written in three ways. Those of the letters that are its own. */
function inBase64(secret: Buffer, offset: number): string[] {
  const letters = Buffer.concat([Buffer.alloc(offset), secret]).toString('base64');
  const own = letters.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + secret.length) * 8) / 6));
  return own.length < minLetters ? [] : [own, own.replaceAll('+', '-').replaceAll('/', '_')];
}

/** As forms and queries encode it: `a b` is `a+b`. */
const inQuery = (value: string): string => new URLSearchParams({ v: value }).toString().slice(2);
