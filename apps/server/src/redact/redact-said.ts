import type { Json } from '@weft/json-schema';
import type { Warning } from '@weft/engine';
import { redact } from './redact.ts';

/** An error or a warning of a run, a step or a record, without the secrets that a service's message may repeat. */
export function redactSaid<S extends Warning>(said: S): S {
  const { message, sentence } = said;
  // A sentence is plain JSON; its type only says more about it.
  const redacted = sentence && (redact(sentence as unknown as Json) as unknown as Warning['sentence']);
  return { ...said, message: redact(message), ...(redacted && { sentence: redacted }) };
}
