import { repeatsSetting } from '@weft/connector-sdk/author';
import type { CalledUse } from './called-use.ts';
import { eventIdPlaces } from './event-id.ts';
import { proofOf, verifyOf } from './proof-of.ts';

const repeats = repeatsSetting();

/**
 * Whether a call with the signature of an earlier one is a repeat, whatever id it names. By default where the id is not signed itself and
 * different events cannot have the same signature: it covers the time, or the sender is known to send nothing twice.
 */
export function countsSignature(used: Pick<CalledUse, 'contract' | 'settings'>): boolean {
  const proof = proofOf(used);
  if (!proof || 'token' in proof) return false;
  const chosen = repeats.safeParse(used.settings['repeats']).data ?? 'usual';
  if (chosen !== 'usual') return chosen === 'signature';
  const [place] = eventIdPlaces(used);
  // Every call counts, or the sender has signed the id.
  if (!place || 'body' in place || place.header === proof.idHeader) return false;
  if (proof.timestamp) return true;
  const by = verifyOf(used)?.by ?? '';
  const { senders = {} } = used.contract;
  return Object.hasOwn(senders, by) && senders[by]?.repeats !== 'id';
}
