import { proofOf } from '@weft/connectors/webhook';
import type { JsonObject } from '@weft/json-schema';
import { type CallCheck, callCheck } from './call-check.ts';

/** What decides whose a call is, as a trigger or a wait for a signal says it. */
export interface Checked {
  config?: JsonObject;
  connection?: string;
}

export interface SenderCheck {
  /** Null where anybody may call. */
  check: CallCheck | null;
  /** What proves who the caller is; it does not enter the run. */
  proofHeaders: string[];
}

/** The secret in a connection of the workspace; undefined when there is none. */
export type SecretOf = (workspaceId: string, connectionId: string) => Promise<string | undefined>;

export async function senderCheck(secretOf: SecretOf, workspaceId: string, { config, connection }: Checked): Promise<SenderCheck> {
  const proof = proofOf(config);
  const proofHeaders = proofHeadersOf(config);
  if (!proof) return { check: null, proofHeaders };
  const secret = connection === undefined ? undefined : await secretOf(workspaceId, connection);
  return { check: callCheck(proof, secret), proofHeaders };
}

/** What these settings name as the proof of a sender. */
export function proofHeadersOf(config: JsonObject | undefined): string[] {
  const proof = proofOf(config);
  return proof ? ['token' in proof ? proof.token.header : proof.header] : [];
}
