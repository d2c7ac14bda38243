import type { Json } from '@weft/json-schema';
import type { FlowDocument } from '../document.ts';
import { valueInOutput } from './value-in-output.ts';

/** Longer values are cut: at worst two unrelated runs are serialised. */
const maxKeyLength = 200;

/**
 * What keeps runs of a flow in order: the value at `settings.concurrency.key` of the trigger's output, as text. Numbers and texts that
 * look alike stay apart. Undefined where the flow keeps no order, or the run has no value there.
 */
export function queueKey({ settings }: Pick<FlowDocument, 'settings'>, triggerOutput: Json): string | undefined {
  const path = settings?.concurrency?.key;
  if (!path || path.length < 2) return undefined;
  const value = valueInOutput(triggerOutput, path);
  return value === undefined || value === null ? undefined : JSON.stringify(value).slice(0, maxKeyLength);
}
