import type { AuthScheme, CallRate, ConnectorDescriptor, OptionItem } from '@weft/connector-sdk';
import type { OperationRef } from '@weft/flow';
import type { Json, JsonObject, JsonSchema } from '@weft/json-schema';
import type { Timestamp, W } from './shared.ts';

export interface ConnectionSummary {
  id: string;
  title: string;
  connector: string;
  scheme: AuthScheme['id'];
  config: JsonObject;
  /** Field names of the credentials that are set; values never leave the server. */
  credentialFields: string[];
  createdAt: Timestamp;
  /** At most so many calls by all steps together; null: as many as come. */
  rateLimit: CallRate | null;
  lastTest: { ok: boolean; at: Timestamp; message: string } | null;
  /** Flows whose draft or published version uses it. */
  usedBy: { id: string; title: string }[];
}

/** What is known of an installed connector beside its descriptor. */
export interface ConnectorFacts {
  /** SHA-256 of the descriptor as canonical JSON (members in the order of their names), in hexadecimal. */
  sha256: string;
  /** Its code runs in a process of its own, without files and without the network of the server. */
  isolated: boolean;
}

/** What an operation would ask of the world outside, in place of asking it. */
export type Asked =
  /** `body`: what would be sent, as far as it is text; of a long one its beginning. Null for none, and for what is no text. */
  | { kind: 'http'; method: string; url: string; headers: Record<string, string>; body: string | null; bodyBytes: number }
  | { kind: 'network'; host: string; port: number }
  | { kind: 'file'; name: string };

/** An operation that was tried on synthetic data: nothing went out. */
export interface TriedOut {
  /** With defaults. */
  config: JsonObject;
  input: JsonObject;
  /** The first thing that it would ask; the call ends there. */
  asked: Asked[];
  /** False where its code was not run: it has none that is called, or runs in a process of its own. */
  runsHere: boolean;
  /** Why nothing would be sent: a sentence. */
  problem: string | null;
  /** An example of what it gives, not an answer. */
  output: Json;
}

/** Connectors, what they offer live, and the connections that hold credentials. */
export interface ConnectionRoutes {
  'GET /connectors': { response: ConnectorDescriptor[] };
  'GET /connectors/:connector': { params: { connector: string }; response: ConnectorFacts };
  /** Live choices of a form field. `again`: also where the server has died of it too often (422 `task.stopped`). */
  'POST /w/:workspace/options': {
    params: W;
    body: { use: OperationRef; source: string; connection?: string; config: JsonObject; search?: string; again?: boolean };
    response: OptionItem[];
  };
  /** A part of an operation's schema read live: SQL columns, CSV headers. */
  'POST /w/:workspace/schema': {
    params: W;
    body: { use: OperationRef; source: string; connection?: string; config: JsonObject; again?: boolean };
    response: JsonSchema;
  };
  /** An operation on synthetic data, without a connection: what it would send, and an example of what it gives. */
  'POST /w/:workspace/try': {
    params: W;
    body: { use: OperationRef; config?: JsonObject; input?: JsonObject };
    response: TriedOut;
  };
  'GET /w/:workspace/connections': { params: W; response: ConnectionSummary[] };
  'POST /w/:workspace/connections': {
    params: W;
    body: { title: string; connector: string; scheme: string; config: JsonObject; credentials: JsonObject; rateLimit?: CallRate | null };
    response: ConnectionSummary;
  };
  /** Credentials that are absent stay as they are. */
  'PATCH /w/:workspace/connections/:connection': {
    params: W & { connection: string };
    body: { title?: string; config?: JsonObject; credentials?: JsonObject; rateLimit?: CallRate | null };
    response: ConnectionSummary;
  };
  'DELETE /w/:workspace/connections/:connection': { params: W & { connection: string }; response: null };
  'POST /w/:workspace/connections/:connection/test': {
    params: W & { connection: string };
    response: { ok: boolean; message: string };
  };
}
