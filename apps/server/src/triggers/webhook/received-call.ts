import type { IncomingMessage } from 'node:http';
import type { Json, JsonObject } from '@weft/json-schema';
import { redact } from '../../redact/redact.ts';
import { incomingBody, incomingQuery } from './incoming-body.ts';

/** A call as its flow gets it, whether it runs or is only shown. */
export type ReceivedCall = JsonObject & { headers: JsonObject; body: Json };

interface RawCall {
  request: IncomingMessage;
  /** What stands behind the `?`. */
  query: string;
  body: Buffer;
}

/** @param proofHeaders - what the flow at this address names as the proof of a sender: it stays out. @throws {Refusal} */
export function receivedCall({ request, query, body }: RawCall, proofHeaders: readonly string[], limitBytes: number): ReceivedCall {
  const { headers } = request;
  const kept = incomingHeaders(headers);
  for (const name of proofHeaders) delete kept[name];
  return {
    method: request.method ?? 'POST',
    headers: kept,
    query: query === '' ? {} : incomingQuery(query),
    body: incomingBody(body, headers['content-type'], limitBytes),
  };
}

/** Lower-case names; what proves who the caller is does not enter the flow, nor what only concerns the connection. */
function incomingHeaders(headers: IncomingMessage['headers']): JsonObject {
  const kept: JsonObject = {};
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || droppedHeaders.has(name) || name === '__proto__') continue;
    kept[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return kept;
}

const droppedHeaders = new Set(['authorization', 'cookie', 'proxy-authorization', 'connection', 'keep-alive', 'transfer-encoding', 'content-length']);

/** A call as a person may look at it and keep it as a sample: redacted, and without what the draft names as a proof. */
export function shownCall(call: ReceivedCall, proofHeaders: readonly string[]): Json {
  const headers = { ...call.headers };
  for (const name of proofHeaders) delete headers[name];
  return redact({ ...call, headers });
}
