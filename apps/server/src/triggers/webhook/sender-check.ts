import type { CalledUse } from './called-use.ts';
import { type CallCheck, callCheck } from './call-check.ts';
import { proofHeadersOf, proofOf } from './proof-of.ts';
import { Refusal } from './refusal.ts';

export interface SenderCheck {
  /** Null where anybody may call. */
  check: CallCheck | null;
  /** What proves who the caller is; it does not enter the run. */
  proofHeaders: string[];
}

/** Where the secret stands that both sides know. */
export interface SecretPlace {
  connection: string;
  /** Connections of another connector are none that this trigger may use. */
  connector: string;
  /** Of the connection's credentials. */
  field: string;
}

/** The secret in a connection of the workspace; undefined when there is none. */
export type SecretOf = (workspaceId: string, place: SecretPlace) => Promise<string | undefined>;

export async function senderCheck(secretOf: SecretOf, workspaceId: string, used: CalledUse): Promise<SenderCheck> {
  const proof = proofOf(used);
  const proofHeaders = proofHeadersOf(used);
  if (proof === undefined) return { check: refuseAll, proofHeaders };
  if (proof === null) return { check: null, proofHeaders };
  const { connection, connector, contract } = used;
  const secret = connection === undefined ? undefined : await secretOf(workspaceId, { connection, connector, field: contract.secret ?? 'secret' });
  return { check: callCheck(proof, secret), proofHeaders };
}

/** The settings use an unknown way to check senders: refuse all calls rather than accept all. */
export const refuseAll: CallCheck = () => {
  throw new Refusal(401, 'unknown_check', 'Calls here are checked in a way that is not installed. Choose again who may call, and publish.');
};
