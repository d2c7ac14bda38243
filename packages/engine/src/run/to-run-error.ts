import { InputError, toConnectorError } from '@weft/connector-sdk';
import { MappingDocumentError, MappingFault } from '@weft/mapping';
import type { RunError } from '../journal.ts';
import { NotReady } from '../plan/not-ready.ts';
import { say } from '../sentences.en.ts';
import { Superseded } from './interrupted.ts';

/** An error as it is stored and shown: the class decides the kind, the text stays a sentence. */
export function toRunError(error: unknown, stepKey?: string): RunError {
  const at = stepKey !== undefined && { stepKey };
  if (error instanceof NotReady) return { ...error.error, ...at };
  if (error instanceof Superseded) return { kind: 'unknown', ...say('run.superseded'), ...at };
  if (error instanceof MappingFault) return { kind: 'invalid_input', message: error.message, ...at };
  if (error instanceof MappingDocumentError) {
    return { kind: 'invalid_input', message: error.message, ...at, ...(error.ruleId !== undefined && { ruleId: error.ruleId }) };
  }
  const known = toConnectorError(error);
  return { kind: known.kind, message: known.message, ...at, ...(known instanceof InputError && { path: known.path }) };
}
