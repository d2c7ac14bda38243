import type { Json, JsonObject, JsonSchema, Path } from '@weft/json-schema';
import type { ConnectorDescriptor, Failure } from './descriptor.ts';
import type { ConnectorError } from './errors.ts';

/** What the host gives an operation for one call. All I/O goes through these. */
export interface OperationContext {
  /** The workspace of the run. */
  workspaceId: string;
  http: HttpClient;
  net: NetworkGuard;
  files: WorkspaceFiles;
  /** The chosen connection, decrypted for this call only. Its credentials are left out where `http` puts them on the requests. */
  connection?: ConnectionValues;
  /** Aborts on cancel, time-out and shutdown; every wait must obey it. */
  signal: AbortSignal;
  /** Time limit of this call in milliseconds, for services that take a time-out; `signal` aborts at it in any case. Absent: no limit. */
  timeoutMs?: number;
  /** The same for every attempt of this step of this run. */
  idempotencyKey: string;
  /** The run this call belongs to; for a test of one step, an id of its own. */
  runId: string;
  /** When the step was first started; stable across attempts. */
  now: Date;
  /**
   * Places in the input where a text stands for a number with more digits than a number keeps. Who sends JSON hands them to `writeJson`.
   * Absent: none.
   */
  exact?: readonly Path[];
  /**
   * Where the operation runs in a process of its own: what takes long to make and may serve the next call of the same workspace, by a name
   * that says all about it. Absent: nothing may be kept.
   */
  kept?: Map<string, unknown>;
  /** Redacted before it is written; payloads are never logged automatically. */
  log(message: string, details?: JsonObject): void;
  /**
   * Adds a warning to the run although the call succeeded: a sentence, without secrets and without what was sent. Where
   * no step is shown, of a poll or a source that is read, it stands in the log.
   */
  warn(sentence: string): void;
}

export interface ConnectionValues {
  scheme: string;
  config: JsonObject;
  /** What `AuthScheme.fields` describes. */
  credentials: JsonObject;
}

/**
 * The guarded HTTP client: refuses private addresses unless the administrator allowed them, checks every redirect, and puts the credentials
 * of the connection on what goes to its hosts.
 */
export interface HttpClient {
  /**
   * @throws {InputError} when the connection has credentials and the address goes to another host; nothing is sent then.
   * @throws {RefusedAddress} when the address may not be called, or the connector does not declare its host; a `TerminalError` of kind
   *   `refused` with a sentence.
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
  /**
   * Hosts that may be reached, redirects included, as `goesTo` reads them. The host sets it by what the connector declares. Default: any.
   */
  within?: readonly string[];
  /** Where the address was entered: the field that an error about a foreign host names. Default `['connection']`. */
  addressField?: string[];
}

export interface HttpResponse {
  status: number;
  /** Lower-case names; repeated headers joined with a comma, as HTTP allows. Without `set-cookie`, where it does not. */
  headers: Record<string, string>;
  /** Each cookie that the answer, or a redirect before it, has set. Default: none. */
  setCookies?: readonly string[];
  /** After redirects. */
  url: string;
  /** How the last request was made: a redirect may have made a POST a GET. Default: as was asked for. */
  method?: string;
  body: Uint8Array;
  /** What the operation declares, as the host adds it: `errorForAnswer` decides by it. */
  failures?: readonly Failure[];
  /** Secrets of the connection that services tend to echo: mask them before you quote an answer, as `errorForAnswer` does. */
  secrets?: readonly string[];
}

/** For protocols other than HTTP: checks a host and returns the address to connect to. */
export interface NetworkGuard {
  /** @throws {TerminalError} of kind `refused` with a sentence about the setting. */
  resolve(host: string, port: number): Promise<{ address: string; family: 4 | 6 }>;
}

/** The files of one workspace. Names are flat or with `/`; anything that leaves the folder is refused. */
export interface WorkspaceFiles {
  list(): Promise<{ name: string; sizeBytes: number; updatedAt: string }[]>;
  /** @throws {InputError} at `config.file` when there is no such file. */
  read(name: string): Promise<Uint8Array>;
  write(name: string, bytes: Uint8Array, by: FileWriter): Promise<void>;
  /** What stands behind the name now, for reading it piece by piece. @throws {InputError} at `config.file` when there is no such file. */
  open(name: string): Promise<OpenFile>;
  /**
   * Puts bytes, or a text in UTF-8, at a place and cuts off what was behind it; at 0 it begins the file anew, at `end` it adds to what is there.
   * The bytes count for others once `keep` was called.
   * @returns the length after it.
   * @throws {InputError} at `config.file`, of kind `conflict`, when another run has written the file meanwhile.
   */
  put(name: string, content: Uint8Array | string, at: number | 'end', by: FileWriter): Promise<number>;
  /** Makes the first `length` bytes of what was put durable, and the file's content. */
  keep(name: string, length: number, by: FileWriter): Promise<void>;
  /**
   * Adds to the end. The first append of a run to a file begins it anew; a repeat with the same key replaces what that
   * key had added, so a step that is tried again does not write twice.
   * @returns the length before the addition: 0 means the file was begun.
   */
  append(name: string, by: FileWriter, content: (lengthBefore: number) => Uint8Array): Promise<number>;
  /** For clients that open files themselves (SQLite). The name ends in .sqlite or .db; it is never Weft's own database. */
  database(name: string): Promise<DatabaseFile>;
}

export interface DatabaseFile {
  /** Absolute. */
  path: string;
  /** It may grow to so much. */
  maxBytes: number;
}

export interface OpenFile {
  sizeBytes: number;
  /** A version: changes with the content. */
  version: string;
  /** Chunks are read on demand. Each is valid until the next one is read: copy what you keep. */
  read(from: number): AsyncIterable<Uint8Array>;
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

/** Where a source goes on, and how much it gives at once. */
export interface ReadOptions {
  /** The `cursor` of the last batch that was committed; absent: from the beginning. */
  cursor?: Json;
  /** Records in a batch; a paging source may return its pages as they are. */
  batchSize: number;
}

/** What a source gives at once. From the same cursor it gives the same batches again. */
export interface SourceBatch {
  records: Json[];
  /** Where the next batch begins; absent: this source cannot go on later and starts again. */
  cursor?: Json;
  /** How far it is; `total` where that is known. */
  amount?: StreamAmount;
  /** Records that are there but cannot be read, in their order, by what is in their place, with a sentence. `at`: which of the whole batch it is, from 0. */
  unreadable?: { at: number; record: Json; message: string }[];
}

export interface StreamAmount {
  unit: 'bytes' | 'records' | 'pages';
  done: number;
  total?: number;
}

/**
 * Reads a stream. Pulled: the next batch is only asked for when there is room for it. Leaving the loop early must free
 * what it holds (`finally`).
 */
export type SourceHandler = (context: OperationContext, input: JsonObject, config: JsonObject, options: ReadOptions) => AsyncIterable<SourceBatch>;

export interface WriteOptions {
  /** What the last committed write of this step in this run gave as `state`; absent for the first. */
  state?: Json;
  /** The key of an input, by its place: the same whenever this input is written again. */
  keyOf(index: number): string;
  /** The same as a context's `exact`, for one of the inputs. Absent: there are none in any. */
  exactOf?: (index: number) => readonly Path[] | undefined;
  /** A run over records that failed before: what the earlier run wrote stays, this adds to it. */
  adds: boolean;
}

export interface WriteResult {
  /** Committed with the batch and handed to the next write; a file sink keeps the file's length and cuts to it. */
  state?: Json;
  /** Inputs that were refused while the others were written. */
  failures?: { index: number; error: ConnectorError }[];
  /** What each input gives to the steps behind, by index; absent: nothing. */
  outputs?: Json[];
}

/** Writes a whole batch. It throws when nothing of it was written: it is then tried again, or fails as a whole. */
export type SinkHandler = (context: OperationContext, inputs: readonly JsonObject[], config: JsonObject, options: WriteOptions) => Promise<WriteResult>;

/** Makes everything written up to `state` durable; called before the state is committed. Absent: a write is durable when it returns. */
export type SyncHandler = (context: OperationContext, config: JsonObject, state: Json) => Promise<void>;

/** What the host asks a polling trigger for. */
export interface PollRequest {
  /** What the last poll gave; null before the first one. Plain JSON, at most 1 MB. */
  cursor: Json | null;
  /** Return a cursor for the present moment and no items. */
  baseline: boolean;
  /** What a person entered to read again from there, instead of a cursor. */
  since?: string;
  /** Maximum number of items; the rest comes with the next poll. */
  limit: number;
}

export interface PolledItem {
  /** Names the item: the same id starts one run. A changed item that counts as new has a new id. */
  id: string;
  value: Json;
}

export interface PollResult {
  /** Oldest first. */
  items: PolledItem[];
  /** Stored in the commit that starts the runs of these items. */
  cursor: Json;
  /** There are more items beyond the limit. */
  more: boolean;
}

/** Reads what is new. Must not change anything on the other side. @throws as `run` does. */
export type PollHandler = (context: OperationContext, config: JsonObject, request: PollRequest) => Promise<PollResult>;

/** The code behind one operation. Triggers have no `run`: the host starts runs. Sources have `read` instead, sinks `write` besides. */
export interface OperationRuntime {
  run?: OperationHandler;
  /** Polling triggers only. */
  poll?: PollHandler;
  read?: SourceHandler;
  write?: SinkHandler;
  sync?: SyncHandler;
  options?: Record<string, OptionsHandler>;
  schemas?: Record<string, SchemaHandler>;
}

/** A native connector: its descriptor and the code behind it. */
export interface Connector {
  descriptor: ConnectorDescriptor;
  operations: Record<string, OperationRuntime>;
  /** Calls the service once with these credentials. @returns a sentence, shown as success. @throws as `run` does. */
  testConnection?(context: OperationContext): Promise<string>;
  /** Files that it can show as tables. */
  tables?: FileTables;
  /** Its code reads what others have made, with code that others have written: the host runs it in a process of its own. Absent: anywhere. */
  isolation?: 'process';
}

export interface FileTables {
  /** File name extensions, in lower case and without the dot: `csv`. */
  endings: readonly string[];
  /**
   * Reads only as much of the file as it needs.
   * @throws {ConnectorError} when it is no such file; it is shown as text then.
   */
  read(context: FileContext, name: string, options: TableOptions): Promise<FileTable>;
}

/** What the host lends for looking at a file. */
export type FileContext = Pick<OperationContext, 'workspaceId' | 'files' | 'signal'>;

export interface TableOptions {
  maxRows: number;
}

export interface FileTable {
  columns: string[];
  /** Each as long as `columns`. */
  rows: string[][];
  /** Whether there are more rows than were read. */
  truncated: boolean;
}
