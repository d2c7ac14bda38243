import type { Json } from '@weft/json-schema';
import type { FlowDocument } from '../document.ts';
import { valueInOutput } from './value-in-output.ts';

const maxTitleLength = 200;

/**
 * What a run is called among the runs of its flow: the text or number at `settings.runTitle` of the trigger's output, in one line.
 * Undefined where the flow names no field, or the run has no text or number there.
 */
export function runTitle({ settings }: Pick<FlowDocument, 'settings'>, triggerOutput: Json): string | undefined {
  const path = settings?.runTitle;
  if (!path || path.length < 2) return undefined;
  const value = valueInOutput(triggerOutput, path);
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const title = String(value).slice(0, 2 * maxTitleLength).replaceAll(/\s+/g, ' ').trim().slice(0, maxTitleLength);
  return title === '' ? undefined : title;
}
