import type { Json, JsonObject } from '@weft/json-schema';
import { redact } from '../../redact/redact.ts';

/** A call as its flow gets it. */
export type ReceivedCall = JsonObject & { headers: JsonObject; body: Json };

/** A call as a person may look at it and keep it as a sample: without the headers that prove who sent it, and redacted. */
export function shownCall(call: ReceivedCall, proofHeaders: readonly string[]): Json {
  return redact({ ...call, headers: withoutHeaders(call.headers, proofHeaders) });
}

export function withoutHeaders(headers: JsonObject, names: readonly string[]): JsonObject {
  if (names.length === 0) return headers;
  const kept = { ...headers };
  for (const name of names) delete kept[name];
  return kept;
}
