import type { RunError } from '@weft/engine';
import type { Json } from '@weft/json-schema';
import { redact } from './redact.ts';

/** Why a run, a step or a record failed, without the secrets that a service's message may repeat. */
export function redactError(error: RunError): RunError {
  const { message, sentence } = error;
  // A sentence is plain JSON; its type only says more about it.
  const redacted = sentence && (redact(sentence as unknown as Json) as unknown as RunError['sentence']);
  return { ...error, message: redact(message), ...(redacted && { sentence: redacted }) };
}
