import type { Json, JsonObject, JsonSchema } from '@weft/json-schema';
import type { ConnectorDescriptor } from './descriptor.ts';

/** What the host lends an operation for one call. Everything that leaves the process goes through these. */
export interface OperationContext {
  http: HttpClient;
  net: NetworkGuard;
  files: WorkspaceFiles;
  /** The chosen connection, decrypted for this call only. */
  connection?: ConnectionValues;
  /** Aborts on cancel, time-out and shutdown; every wait must obey it. */
  signal: AbortSignal;
  /** The same for every attempt of this step of this run. */
  idempotencyKey: string;
  /** The run this call belongs to; for a test of one step, an id of its own. */
  runId: string;
  /** When the step was first started; stable across attempts. */
  now: Date;
  /** Sealed with redaction; never logs payloads by itself. */
  log(message: string, details?: JsonObject): void;
}

export interface ConnectionValues {
  scheme: string;
  config: JsonObject;
  /** What `AuthScheme.fields` describes. */
  credentials: JsonObject;
}

/** The guarded HTTP client: refuses private addresses unless the administrator allowed them, follows no redirect by itself. */
export interface HttpClient {
  /**
   * @throws {RefusedAddress} when the address may not be called; a `TerminalError` of kind `refused` with a sentence.
   * @throws {RetryableError} when the connection fails or the answer does not come in time.
   */
  request(request: HttpRequest): Promise<HttpResponse>;
}

export interface HttpRequest {
  method: string;
  url: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  signal: AbortSignal;
  /** How many redirects are followed, each checked again; credentials headers are dropped across hosts. Default 5. */
  maxRedirects?: number;
  /** Larger answers are refused. Default 10 MiB. */
  maxBytes?: number;
}

export interface HttpResponse {
  status: number;
  /** Lower-case names; repeated headers joined with a comma. */
  headers: Record<string, string>;
  /** After redirects. */
  url: string;
  body: Uint8Array;
}

/** For protocols other than HTTP: checks a host and gives the pinned address to dial. */
export interface NetworkGuard {
  /** @throws {TerminalError} of kind `refused` with a sentence about the setting. */
  resolve(host: string, port: number): Promise<{ address: string; family: 4 | 6 }>;
}

/** The files of one workspace. Names are flat or with `/`; anything that leaves the folder is refused. */
export interface WorkspaceFiles {
  list(): Promise<{ name: string; sizeBytes: number }[]>;
  /** @throws {InputError} at `config.file` when there is no such file. */
  read(name: string): Promise<Uint8Array>;
  write(name: string, bytes: Uint8Array, by: FileWriter): Promise<void>;
  /**
   * Adds to the end. The first append of a run to a file begins it anew; a repeat with the same key replaces what that
   * key had added, so a step that is tried again does not write twice.
   * @returns the length before the addition: 0 means the file was begun.
   */
  append(name: string, by: FileWriter, content: (lengthBefore: number) => Uint8Array): Promise<number>;
  /** An absolute path for clients that open files themselves (SQLite). Ends in .sqlite or .db; never Weft's own database. */
  databasePath(name: string): Promise<string>;
}

export interface FileWriter {
  runId: string;
  idempotencyKey: string;
}

export interface OptionItem {
  value: Json;
  title: string;
}

/** Where a dynamic handler reads from; fields that are not filled yet are missing. */
export interface DynamicRequest {
  config: JsonObject;
  search?: string;
}

export type OperationHandler = (context: OperationContext, input: JsonObject, config: JsonObject) => Promise<Json>;
export type OptionsHandler = (context: OperationContext, request: DynamicRequest) => Promise<OptionItem[]>;
export type SchemaHandler = (context: OperationContext, request: DynamicRequest) => Promise<JsonSchema>;

/** The code behind one operation. Triggers have no `run`: the host starts runs. */
export interface OperationRuntime {
  run?: OperationHandler;
  options?: Record<string, OptionsHandler>;
  schemas?: Record<string, SchemaHandler>;
}

/** A native connector: its descriptor and the code behind it. */
export interface Connector {
  descriptor: ConnectorDescriptor;
  operations: Record<string, OperationRuntime>;
  /** Calls the service once with these credentials. @returns a sentence, shown as success. @throws as `run` does. */
  testConnection?(context: OperationContext): Promise<string>;
}
