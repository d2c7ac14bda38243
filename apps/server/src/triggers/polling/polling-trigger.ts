import { createHash } from 'node:crypto';
import { pollIntervals } from '@weft/connector-sdk/author';
import type { Catalogue, FlowDocument, OperationRef } from '@weft/flow';
import { isObject, type JsonObject, withDefaults } from '@weft/json-schema';
import { triggerOf } from '../webhook/hook-index.ts';

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
  const trigger = triggerOf(document);
  const operation = trigger && catalogue.operation(trigger.use);
  if (operation?.trigger?.strategy !== 'polling') return null;
  const filled = withDefaults(operation.config ?? {}, trigger?.config ?? {});
  if (!trigger || !isObject(filled)) return null;
  const { every, deliver, first, ...config } = filled;
  return {
    use: trigger.use,
    ...(trigger.connection !== undefined && { connection: trigger.connection }),
    config,
    intervalMs: pollIntervals[typeof every === 'string' && Object.hasOwn(pollIntervals, every) ? (every as keyof typeof pollIntervals) : '5m'],
    deliver: deliver === 'batch' ? 'batch' : 'each',
    first: first === 'everything' ? 'everything' : 'baseline',
    source: createHash('sha256').update(JSON.stringify([trigger.use.connector, trigger.use.operation, trigger.connection ?? null, config])).digest('base64url').slice(0, 12),
  };
}
