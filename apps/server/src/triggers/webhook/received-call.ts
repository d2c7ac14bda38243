import type { IncomingMessage } from 'node:http';
import type { Json, JsonObject } from '@weft/json-schema';
import { redact } from '../../redact/redact.ts';
import type { CallLists } from './call-lists.ts';
import { formFields } from './form-fields.ts';
import { incomingBody } from './incoming-body.ts';

/** A call as its flow gets it, whether it runs or is only shown. */
export type ReceivedCall = JsonObject & { headers: JsonObject; body: Json };

interface RawCall {
  request: IncomingMessage;
  /** What stands behind the `?`. */
  query: string;
  body: Buffer;
}

/** What the flow at the address of a call says of it. */
export interface ExpectedCall {
  /** What it names as the proof of a sender: it stays out. */
  proofHeaders: readonly string[];
  /** Names in the query and in a form that are lists however often they come. Default: none. */
  lists?: CallLists;
}

/** @throws {Refusal} */
export function receivedCall({ request, query, body }: RawCall, { proofHeaders, lists }: ExpectedCall, limitBytes: number): ReceivedCall {
  const { headers } = request;
  const kept = incomingHeaders(request);
  for (const name of proofHeaders) delete kept[name];
  return {
    method: request.method ?? 'POST',
    headers: kept,
    query: query === '' ? {} : formFields(query, { lists: lists?.query }),
    body: incomingBody(body, { contentType: headers['content-type'], disposition: headers['content-disposition'], limitBytes, lists: lists?.body }),
  };
}

/**
 * Lower-case names; a header that came several times is a list, as in a query. What proves who the caller is does not enter the flow, nor
 * what only concerns the connection.
 */
function incomingHeaders(request: IncomingMessage): JsonObject {
  const { headers, rawHeaders } = request;
  const kept: JsonObject = {};
  let count = 0;
  for (const name in headers) {
    count += 1;
    const value = headers[name];
    if (value !== undefined && isKept(name)) kept[name] = value;
  }
  // Node has joined them already; that some came several times is seen without a look at each.
  if (count * 2 < rawHeaders.length) {
    for (const [name, values = []] of Object.entries(request.headersDistinct)) {
      if (values.length > 1 && isKept(name) && typeof kept[name] === 'string' && kept[name] !== values[0]) kept[name] = values;
    }
  }
  return kept;
}

const isKept = (name: string): boolean => !droppedHeaders.has(name) && name !== '__proto__';

const droppedHeaders = new Set([
  'authorization', 'cookie', 'proxy-authorization', 'connection', 'keep-alive', 'transfer-encoding', 'content-length', 'content-encoding',
]);

/** A call as a person may look at it and keep it as a sample: redacted, and without what the draft names as a proof. */
export function shownCall(call: ReceivedCall, proofHeaders: readonly string[]): Json {
  const headers = { ...call.headers };
  for (const name of proofHeaders) delete headers[name];
  return redact({ ...call, headers });
}
