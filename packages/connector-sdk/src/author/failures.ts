import type { Failure, FailureKind } from '../descriptor.ts';

/**
 * Shorthands for the failures an operation is known to have. Each takes the status it is recognised by (`'429'`, `'5xx'`,
 * `'400,422'`; leave it out where no status tells) and, where the usual sentence does not fit, a better one.
 */
type FailureShorthand = (status?: string, userMessage?: string) => Failure;

export const authFailed = shorthand('auth', 'never', 'The service refused the credentials. Open the connection and enter them again.');
export const accessDenied = shorthand(
  'forbidden',
  'never',
  'These credentials may not do this. Ask the service for the permission, or use another connection.',
);
export const invalidInput = shorthand('invalid_input', 'never', 'The service did not accept the data. Compare the fields with what the service expects.');
export const notFound = shorthand('not_found', 'never', 'The service has nothing at this address. Check the address and the ids in it.');
export const conflict = shorthand('conflict', 'never', 'What should be written is there already, or has changed meanwhile. Look at it in the service.');
export const rateLimited = shorthand('rate_limited', 'after', 'The service asks to slow down. Weft waits and tries again by itself.');
export const timedOut = shorthand('timeout', 'backoff', 'The service did not answer in time. Weft tries again; a longer time-out may help.');
export const upstreamFailed = shorthand('upstream', 'backoff', 'The service failed. Weft tries again by itself.');
export const addressRefused = shorthand(
  'refused',
  'never',
  'The address belongs to a private network. An administrator can allow it under "private networks Weft may call".',
);
export const brokenAnswer = shorthand('contract_violation', 'never', 'The answer is not what the service promises. Look at the answer in the run.');
export const unsupported = shorthand('unsupported', 'never', 'The service cannot do this.');

function shorthand(kind: FailureKind, retry: Failure['retry'], usual: string): FailureShorthand {
  return (status, userMessage = usual) => ({ kind, ...(status !== undefined && { match: { status } }), retry, userMessage });
}
