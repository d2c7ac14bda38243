import type { Proof } from '@weft/connector-sdk';
import { verifySetting } from '@weft/connector-sdk/author';
import type { Catalogue, FlowDocument } from '@weft/flow';
import { isObject } from '@weft/json-schema';
import { triggerBy } from '../flow-trigger.ts';
import { type CalledUse, calledUse } from './called-use.ts';

/** Made once for each trigger of a connector: a signal asks at every call. */
const schemas = new WeakMap<CalledUse['contract'], ReturnType<typeof verifySetting>>();

/** Who may call, as the settings say it; undefined where that is none of what the connector offers. */
export function verifyOf({ contract, settings }: Pick<CalledUse, 'contract' | 'settings'>) {
  const schema = schemas.get(contract) ?? verifySetting(contract.senders ?? {});
  schemas.set(contract, schema);
  return schema.safeParse(settings['verify']).data;
}

/** The proof that the settings require: null for none; undefined for unknown settings, which refuse every call. */
export function proofOf(used: Pick<CalledUse, 'contract' | 'settings'>): Proof | null | undefined {
  const verify = verifyOf(used);
  if (!verify) return undefined;
  if ('algorithm' in verify) {
    const { algorithm, encoding, prefix = '' } = verify;
    const timestamp = verify.timestampHeader?.toLowerCase();
    return {
      header: verify.header.toLowerCase(),
      algorithm,
      encoding,
      prefix,
      signed: verify.signed ?? (timestamp === undefined ? '{body}' : '{timestamp}.{body}'),
      ...(timestamp !== undefined && { timestamp: { header: timestamp } }),
    };
  }
  if ('header' in verify) return { token: { header: verify.header.toLowerCase() } };
  return verify.by === 'none' ? null : used.contract.senders?.[verify.by]?.proof;
}

/** The headers that prove a sender: they enter no run and are never shown. Also of incomplete settings. */
export function proofHeadersOf(used: Pick<CalledUse, 'contract' | 'settings'>): string[] {
  const proof = proofOf(used);
  if (proof) return ['token' in proof ? proof.token.header : proof.header];
  const { verify } = used.settings;
  const header = isObject(verify) ? verify['header'] : undefined;
  return typeof header === 'string' ? [header.toLowerCase()] : [];
}

/** What a draft names as the proof of a sender now. */
export function draftProofHeaders(draft: FlowDocument, catalogue: Catalogue): string[] {
  const trigger = triggerBy('webhook', draft, catalogue);
  const used = trigger && calledUse(trigger.step, catalogue);
  return used ? proofHeadersOf(used) : [];
}
