import type { RunError } from '@weft/engine';
import { redact } from './redact.ts';

/** Why a run, a step or a record failed, without the secrets that a service's message may repeat. */
export function redactError(error: RunError): RunError {
  return { ...error, message: redact(error.message) };
}
