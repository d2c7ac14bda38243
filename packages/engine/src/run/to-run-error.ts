import { InputError, toConnectorError } from '@weft/connector-sdk';
import { MappingDocumentError, MappingFault } from '@weft/mapping';
import type { SentenceRef } from '@weft/sentences';
import type { RunError } from '../journal.ts';
import { TimedOut } from '../execute/attempt.ts';
import { NotReady } from '../plan/not-ready.ts';
import { say } from '../sentences.en.ts';
import { Superseded } from './interrupted.ts';

/** An error as it is stored and shown: the class decides the kind, the text stays a sentence. */
export function toRunError(error: unknown, stepKey?: string): RunError {
  const at = stepKey !== undefined && { stepKey };
  if (error instanceof NotReady) return { ...error.error, ...at };
  if (error instanceof Superseded) return { kind: 'unknown', ...say('run.superseded'), ...at };
  if (error instanceof MappingFault) return { kind: 'invalid_input', ...saidBy(error), ...at };
  if (error instanceof MappingDocumentError) {
    return { kind: 'invalid_input', ...saidBy(error), ...at, ruleId: error.ruleId };
  }
  if (error instanceof TimedOut) return { kind: error.kind, ...saidBy(error), ...at };
  const known = toConnectorError(error);
  return { kind: known.kind, message: known.message, ...at, ...(known instanceof InputError && { path: known.path }) };
}

/** The text of something that was said, with its sentence where it has one: as it stands in a `RunError`. */
export const saidBy = ({ message, sentence }: { message: string; sentence?: SentenceRef }): Pick<RunError, 'message' | 'sentence'> => ({ message, sentence });
