import type { FailureKind } from '@weft/connector-sdk';
import type { RunError } from '../journal.ts';
import type { ActionWork } from './action.ts';

/** Failures that say nothing about what was sent: credentials, a permission, an address that may not be called, an operation that is not there. */
const ofTheStep: ReadonlySet<FailureKind> = new Set<FailureKind>(['auth', 'forbidden', 'refused', 'unsupported']);

/**
 * Whether a sink that refused a whole batch would refuse every other one, for its settings or its connection: then its loop ends, once, instead
 * of filling the dead letters.
 */
export const isOfTheStep = ({ kind, path }: RunError): boolean => ofTheStep.has(kind) || path?.[0] === 'config' || path?.[0] === 'connection';

/** The same of one call, which may be forbidden, or refused, for what it asks for: only its connection is that of every other one. */
export const isOfTheConnection = ({ kind, path }: RunError, { connection }: Pick<ActionWork, 'connection'>): boolean =>
  path?.[0] === 'connection' || (kind === 'auth' && connection !== undefined);
