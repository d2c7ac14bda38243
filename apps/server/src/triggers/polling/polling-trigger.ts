import { createHash } from 'node:crypto';
import { polledSource, sourceSettings, triggerSettings } from '@weft/connector-sdk';
import { pollingSettings, pollIntervals } from '@weft/connector-sdk/author';
import type { Catalogue, FlowDocument, OperationRef } from '@weft/flow';
import type { JsonObject } from '@weft/json-schema';
import { z } from 'zod';
import { triggerBy } from '../flow-trigger.ts';

const settings = z.object(pollingSettings);

/** A flow's polling trigger with the settings the host keeps to. */
export interface PollingTrigger {
  use: OperationRef;
  connection?: string;
  config: JsonObject;
  intervalMs: number;
  deliver: 'each' | 'batch';
  first: 'baseline' | 'everything';
  /** Names what is read: a cursor of another source means nothing here. */
  source: string;
}

/** Null where the flow starts in another way. */
export function pollingOf(document: FlowDocument, catalogue: Catalogue): PollingTrigger | null {
  const trigger = triggerBy('polling', document, catalogue);
  if (!trigger) return null;
  const { use, connection } = trigger.step;
  const filled = triggerSettings(trigger.operation, trigger.step.config);
  const { success, data } = settings.safeParse(filled);
  if (!success) return null;
  return {
    use,
    connection,
    config: sourceSettings(filled),
    intervalMs: pollIntervals[data.every],
    deliver: data.deliver,
    first: data.first,
    source: sourceName(use, connection, filled),
  };
}

/** Cursors stand under these names in databases. @param settings - of the trigger, those of the host among them. */
export const sourceName = (use: OperationRef, connection: string | undefined, settings: JsonObject): string =>
  createHash('sha256').update(JSON.stringify(polledSource({ use, connection, settings }))).digest('base64url').slice(0, 12);
