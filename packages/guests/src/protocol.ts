/**
 * What host and guest say to each other: messages of Node's channel between processes, in its advanced serialization, which also carries
 * bytes and whole numbers of 64 bits. Records, of which there may be many, are in them as JSON.
 *
 * 1. A guest does one call at a time. The host begins it, the guest ends it with `done` or `failed`, or by dying.
 * 2. A call gives no more than `maxResultBytes` at once; long lists in what it gives travel before it, in parts.
 * 3. Batches are given unasked, up to `maxAhead` of them; each that the host has taken allows one more.
 * 4. While it works the guest may ask for what the host lends. It never gets the thing itself: no socket, no file of ours, no environment.
 */
import type { ConnectionValues, DynamicRequest, HttpRequest, Json, JsonObject, OperationContext, PollRequest, ReadOptions } from '@weft/connector-sdk';
import type { PlainFailure } from './failure.ts';
import type { Packed } from './packed.ts';
import type { Part } from './parts.ts';

/** Batches that are on their way or wait at the host. One is read while two travel: a third hides what the channel takes. */
export const maxAhead = 3;

/** Of a result or a batch, as JSON: twice what a step may hand on, which its own limit says better. */
export const maxResultBytes = 32 << 20;

export interface Call {
  connector: string;
  /** Absent: of the connector as a whole. */
  operation?: string;
  work: Work;
  context: PlainContext;
}

/** Which handler is called, and with what. */
export type Work =
  | { handler: 'run'; input: JsonObject; config: JsonObject }
  | { handler: 'read'; input: JsonObject; config: JsonObject; options: ReadOptions }
  | { handler: 'write'; inputs: Packed; config: JsonObject; options: PlainWriteOptions }
  | { handler: 'sync'; config: JsonObject; state: Json }
  | { handler: 'poll'; config: JsonObject; request: PollRequest }
  | { handler: 'options' | 'schema'; source: string; request: DynamicRequest }
  | { handler: 'test' }
  | { handler: 'table'; name: string; maxRows: number };

export type Handler = Work['handler'];

/** `WriteOptions` with the answers in place of the functions. */
export interface PlainWriteOptions {
  state?: Json;
  keys: string[];
  exact?: OperationContext['exact'][];
  adds: boolean;
}

/** The part of a context that is data. */
export interface PlainContext {
  workspaceId: string;
  runId: string;
  idempotencyKey: string;
  now: Date;
  timeoutMs?: number;
  connection?: ConnectionValues;
  exact?: OperationContext['exact'];
}

/** What a guest may ask its host for. */
export interface Lent {
  resolve: OperationContext['net']['resolve'];
  request(request: Omit<HttpRequest, 'signal'>): ReturnType<OperationContext['http']['request']>;
  list: OperationContext['files']['list'];
  readFile: OperationContext['files']['read'];
  writeFile: OperationContext['files']['write'];
  putFile: OperationContext['files']['put'];
  keepFile: OperationContext['files']['keep'];
  database: OperationContext['files']['database'];
}

export type HostMessage =
  | { type: 'call'; call: Call }
  /** A batch was taken. */
  | { type: 'more' }
  /** Nobody waits for the call any more: it is to end soon. */
  | { type: 'cancel' }
  | { type: 'lent'; id: number; value: unknown }
  | { type: 'refused'; id: number; failure: PlainFailure };

export type GuestMessage =
  | { type: 'ask'; id: number; what: string; args: unknown[] }
  | { type: 'warn'; sentence: string }
  | { type: 'log'; message: string; details?: JsonObject }
  | { type: 'batch'; batch: PackedBatch }
  | { type: 'part'; part: Part }
  | { type: 'done'; value: unknown }
  | { type: 'failed'; failure: PlainFailure }
  /** It cannot go on, and ends itself. */
  | { type: 'broken'; message: string };

/** A `SourceBatch` as it travels. */
export interface PackedBatch {
  records: Packed;
  /** All but the records. */
  rest: object;
}
