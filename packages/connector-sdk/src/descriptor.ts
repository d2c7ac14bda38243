import type { Json, JsonObject, JsonSchema } from '@weft/json-schema';
import type { TriggerContract } from './trigger-contract.ts';

/**
 * A connector as everybody but its runtime sees it: immutable JSON. A published version never changes.
 * To the canvas a hand-written connector and an imported one are the same thing.
 */
export interface ConnectorDescriptor {
  contract: '1';
  /** Folder name and stable id: lower case, digits, hyphens. */
  id: string;
  /** Semantic version. */
  version: string;
  title: string;
  description?: string;
  /** An SVG document as text, drawn in currentColor on a 24 × 24 grid. */
  icon?: string;
  categories: string[];
  runtime: { kind: 'native' };
  provenance: { origin: 'hand'; author?: string; licence: string };
  tier: 'imported' | 'curated' | 'verified';
  /** Filled in the connection next to the credentials: a host name, a database … */
  connectionConfig?: JsonSchema;
  /** The first is offered first; an empty list means the connector needs no connection. */
  auth: AuthScheme[];
  operations: Operation[];
  governance: Governance;
  lifecycle?: { deprecatedOn?: string; removeOn?: string; replacedBy?: string };
}

export interface Governance {
  /**
   * The hosts it may reach, beside the host of a connection: `api.example.com`, `*.example.com`, or `*` for any that is not private. Nothing
   * it does reaches another one.
   */
  allowedHosts: string[];
  /** What kinds of data go through it: `personal`, `financial`, … */
  dataClasses: string[];
}

/**
 * One of the ways to connect: which credentials a connection holds, and how they reach the service. It is data; what a kind does is one
 * entry in the table of `@weft/connector-sdk/auth`.
 */
export type AuthScheme = { [K in AuthKind]: AuthSchemeOf<K> }[AuthKind];

export type AuthSchemeOf<K extends AuthKind> = AuthSchemeParts & AuthKinds[K] & { kind: K };

export type AuthKind = keyof AuthKinds;

/** The kinds, each with what its schemes say besides the common parts. */
export interface AuthKinds {
  /** No credentials. */
  none: object;
  /** `username` and `password`, as RFC 7617 writes them. */
  basic: object;
  /** A `token` in the header Authorization. */
  bearer: object;
  /** A `key` under a name of the service's choice. */
  apiKey: {
    in: Said<'header' | 'query' | 'cookie'>;
    name: Said<string>;
    /** A word before the key, as in `Token abc`. */
    prefix?: Said<string>;
  };
  /** Fields that the connector's own code reads: nothing is put on its requests. */
  custom: object;
}

interface AuthSchemeParts {
  /** Stored with every connection: it never changes. */
  id: string;
  title: string;
  help?: string;
  /** Settings that are not secret, in place of the connector's own `connectionConfig`; they end up in the connection's `config`. */
  config?: JsonSchema;
  /** The credentials; secrets carry `x-secret`. */
  fields: JsonSchema;
  /**
   * The setting that says which hosts the credentials are for: a host, several with commas, `*.example.com`, or a whole address.
   * Absent: the hosts of `governance.allowedHosts`. They are sent nowhere else.
   */
  hostSetting?: string;
}

/** Written out by the author, or the setting of the connection that says it. */
export type Said<T extends string> = T | { setting: string };

export interface Operation {
  id: string;
  /** A `source` is read by a loop, record by record; it is no step of its own. */
  kind: 'trigger' | 'action' | 'source';
  title: string;
  description?: string;
  /** One line for the step on the canvas; `{config.method}` and `{input.url}` are replaced. */
  summary?: string;
  visibility: 'primary' | 'advanced' | 'internal';
  /** Further words that people look for it by, in lower case. */
  keywords?: string[];
  /** Reaches any service: offered where a search finds none of its own. */
  general?: true;
  /** Whether a connection must, may or cannot be chosen. Default none. */
  connection?: 'required' | 'optional' | 'none';
  /** An optional connection must be chosen unless this setting has this value. */
  connectionUnless?: { config: string; is: Json };
  /** Literal settings, the same for every run (HTTP method, table, delimiter). */
  config?: JsonSchema;
  /** Data, the target of the step's mapping. Parts with `x-open` are described by the user. */
  input: JsonSchema;
  /** What it gives; of a source, one record. */
  output: JsonSchema;
  /** Where the truth about the output comes from: declared schemas reject, the others warn. */
  outputSource: 'declared' | 'sample' | 'learned' | 'none';
  effect: 'read' | 'write' | 'delete';
  /** How a repeat is made harmless. Absent: a repeat may act twice. */
  idempotency?: Idempotency;
  /** Where both depend on a setting, such as the method of an HTTP request: what holds for each of its values. Other values: as above. */
  effectBy?: { config: string; values: Record<string, { effect: Operation['effect']; idempotency?: Idempotency }> };
  /** What one call, and all of them together, may take. The host holds it. */
  limits?: OperationLimits;
  /** How often the other side allows it, for each connection (without one: for each workspace). What a connection says holds as well. */
  rateLimit?: CallRate;
  trigger?: TriggerContract;
  /** Takes part in streams: a source gives records (`output` describes one), a sink takes whole batches of inputs. */
  stream?: StreamContract;
  /** Where a form field's choices or a part of a schema are read live, keyed by `config.<field>`, `input` or `output`. */
  dynamic?: Record<string, DynamicContract>;
  failures: Failure[];
  samples: OperationSample[];
}

/** `natural`: repeating the call changes nothing. `header` and `key`: the service gets an idempotency key and recognises repeats by it. */
export interface Idempotency {
  kind: 'natural' | 'header' | 'key';
  /** What the service calls the key, for people. */
  key?: string;
}

export interface StreamContract {
  role: 'source' | 'sink';
  /** A source goes on after an interruption where it was; a sink takes a repeated batch without doubling it. */
  resumable: boolean;
  /** A setting with which it is not: a source then starts again from its beginning. */
  unless?: { config: string; is: Json };
}

export interface OperationLimits {
  /** At most so many calls at once, for each connection (without one: for each workspace); others wait. Default: as many as come. */
  concurrency?: number;
  /** An answer over HTTP that is larger fails the call. Default: 10 MiB, or what the operation asks for. */
  maxBytes?: number;
}

/** At most so many calls. */
export interface CallRate {
  /** 1–1,000,000. */
  calls: number;
  per: 'second' | 'minute' | 'hour';
}

export interface DynamicContract {
  kind: 'options' | 'schema';
  /** Name of the handler of the operation that reads it. */
  source: string;
  /** Fields (`connection`, `config.table` …) that must be filled first; a change of one reads again. */
  dependsOn: string[];
}

export interface OperationSample {
  title: string;
  config?: JsonObject;
  input?: Json;
  output?: Json;
}

export type FailureKind =
  | 'auth'
  | 'forbidden'
  | 'invalid_input'
  | 'not_found'
  | 'conflict'
  | 'rate_limited'
  | 'timeout'
  | 'upstream'
  | 'refused'
  | 'contract_violation'
  | 'unsupported'
  | 'unknown';

/**
 * A way in which the operation is known to fail. Of an answer over HTTP that it matches it decides the kind, whether the call is tried again,
 * and the sentence that is shown.
 */
export interface Failure {
  kind: FailureKind;
  /**
   * What it is told by: a status (`429`, `5xx`, several with commas), the code that a service writes into its answer, or both. A code alone
   * counts from 400 on. Absent: it is no answer over HTTP, or only the connector's own code can tell.
   */
  match?: { status?: string; code?: string };
  /** `backoff`: after longer and longer pauses. `after`: the service says when. Both are never earlier than its Retry-After. */
  retry: 'never' | 'backoff' | 'after';
  /** A sentence that says what to do. */
  userMessage: string;
}
