/**
 * Tries an operation on synthetic data.
 *
 * 1. Nothing that is lent leads anywhere: the first thing that the code asks of the network or of a file is written down, and the call ends there.
 * 2. There is no connection: credentials are made up, and stand as dots in what would be sent.
 * 3. The output is an example. What a service would really answer, nobody can know without asking it.
 */
import {
  type Connector, ConnectorError, type ConnectionValues, type HttpClient, type HttpRequest, type Operation, type OperationContext,
  type OperationRuntime, REDACTED, TerminalError,
} from '@weft/connector-sdk';
import { lendConnection, secretFields } from '@weft/connector-sdk/auth';
import type { Asked, TriedOut } from '@weft/api';
import type { OperationRef } from '@weft/flow';
import { isObject, type Json, type JsonObject, type JsonSchema, sampleOf, withDefaults } from '@weft/json-schema';
import { createAjvValidator } from '@weft/json-schema/ajv';
import { fieldIssue, notFound, Refused } from '../refused.ts';

export interface TryOutQuestion {
  workspaceId: string;
  use: OperationRef;
  /** Default: those of the first sample, else made from the schema. */
  config?: JsonObject;
  input?: JsonObject;
  signal: AbortSignal;
}

export type TryOut = (question: TryOutQuestion) => Promise<TriedOut>;

const maxMs = 5_000;
/** Of a body that would be sent. */
const maxShownBytes = 20_000;

/** @throws {Refused} 404 where there is no such operation; 422 with the places, where settings or input do not fit. */
export function createTryOut(connectors: readonly Connector[]): TryOut {
  const validator = createAjvValidator();
  const issuesAt = (part: string, schema: JsonSchema, value: Json) =>
    validator.validate(schema, value).map((issue) => ({ ...issue, path: [part, ...issue.path] }));

  return async ({ workspaceId, use, signal, ...given }) => {
    const connector = connectors.find(({ descriptor: { id, version } }) => id === use.connector && version === use.version);
    const operation = connector?.descriptor.operations.find(({ id }) => id === use.operation);
    const runtime = connector?.operations[use.operation];
    if (!connector || !operation || !runtime) throw notFound('This operation');
    const { config, input } = valuesFor(operation, given);
    const wrong = [
      ...(operation.config ? issuesAt('config', operation.config, config) : []),
      ...(operation.kind === 'trigger' ? [] : issuesAt('input', operation.input, input)),
    ];
    const [first] = wrong;
    if (first) throw new Refused(422, 'input.invalid', `“${first.path.join('.')}” ${first.message}`, { issues: wrong.map(fieldIssue) });
    const output = exampleOf(operation);
    // Its code would have to be told in another process that nothing may leave.
    const runsHere = connector.isolation !== 'process' && (runtime.run ?? runtime.read ?? runtime.poll) !== undefined;
    if (!runsHere) return { config, input, asked: [], runsHere, problem: null, output };
    const within = AbortSignal.any([signal, AbortSignal.timeout(maxMs)]);
    return { config, input, ...(await askedBy({ connector, operation, runtime, workspaceId, config, input, signal: within })), runsHere, output };
  };
}

function valuesFor({ config: schema, input, samples: [sample] }: Operation, given: { config?: JsonObject; input?: JsonObject }) {
  // Schemas of settings and inputs are of objects.
  return {
    config: withDefaults(schema ?? {}, given.config ?? sample?.config ?? objectOf(schema && sampleOf(schema))) as JsonObject,
    input: withDefaults(input, given.input ?? sample?.input ?? objectOf(sampleOf(input))) as JsonObject,
  };
}

const exampleOf = ({ output, samples }: Operation): Json => samples.find((sample) => sample.output !== undefined)?.output ?? sampleOf(output);

const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

/** Ends the call where it would leave. */
class WouldLeave extends TerminalError {
  constructor() {
    super('Nothing is sent: this is tried on synthetic data.', { kind: 'refused' });
  }
}

interface Call {
  connector: Connector;
  operation: Operation;
  runtime: OperationRuntime;
  workspaceId: string;
  config: JsonObject;
  input: JsonObject;
  signal: AbortSignal;
}

/** Runs the code until it would leave. */
async function askedBy(call: Call): Promise<{ asked: Asked[]; problem: string | null }> {
  const { operation, runtime, config, input, signal } = call;
  const asked: Asked[] = [];
  const context = synthetic(call, asked);
  const work = async (): Promise<unknown> => {
    if (runtime.run) return runtime.run(context, input, config);
    if (runtime.poll) return runtime.poll(context, config, { cursor: null, baseline: false, limit: 1 });
    return runtime.read?.(context, input, config, { batchSize: 1 })[Symbol.asyncIterator]().next();
  };
  try {
    await Promise.race([work(), new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))]);
  } catch (error) {
    // What comes after it would have left says nothing about the input.
    if (asked.length > 0 || error instanceof WouldLeave) return { asked, problem: null };
    if (error instanceof ConnectorError) return { asked, problem: error.message };
    return { asked, problem: `${operation.title} failed before anything would have been sent.` };
  }
  return { asked, problem: null };
}

function synthetic({ connector: { descriptor }, operation, workspaceId, signal }: Call, asked: Asked[]): OperationContext {
  const leave = (what: Asked): never => {
    if (asked.length < maxAsked) asked.push(what);
    throw new WouldLeave();
  };
  const http: HttpClient = { request: async (request) => leave(shown(request)) };
  const values = operation.connection === 'required' ? madeUp(descriptor) : undefined;
  const lent = values && lendConnection({ descriptor, values, http });
  const file = async (name: string) => leave({ kind: 'file', name });
  return {
    workspaceId,
    http: lent?.http ?? http,
    net: { resolve: async (host, port) => leave({ kind: 'network', host, port }) },
    files: {
      list: async () => [],
      read: file,
      write: file,
      open: file,
      put: file,
      keep: file,
      append: file,
      database: file,
    },
    connection: lent?.connection,
    signal,
    idempotencyKey: 'tried-out',
    runId: 'tried-out',
    now: new Date(),
    log: () => undefined,
    warn: () => undefined,
  };
}

/** A connection by the first scheme, with dots for what is secret. */
function madeUp({ auth: [scheme], connectionConfig }: Connector['descriptor']): ConnectionValues | undefined {
  if (scheme === undefined) return undefined;
  const secrets = secretFields(scheme.fields);
  const credentials = Object.entries(objectOf(sampleOf(scheme.fields))).map(([name, value]) => [name, secrets.includes(name) ? REDACTED : value] as const);
  return { scheme: scheme.id, config: objectOf(sampleOf(scheme.config ?? connectionConfig ?? {})), credentials: Object.fromEntries(credentials) };
}

const maxAsked = 20;

function shown({ method, url, headers = {}, body }: HttpRequest): Asked {
  const bytes = body === undefined ? undefined : Buffer.from(body);
  const text = bytes?.subarray(0, maxShownBytes).toString('utf8');
  return {
    kind: 'http',
    method,
    url,
    headers,
    // Bytes that are no text would be read as something that they are not.
    body: text === undefined || text.includes('\ufffd') ? null : text,
    bodyBytes: bytes?.length ?? 0,
  };
}
