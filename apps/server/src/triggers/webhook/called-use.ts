import { type SignalTrigger, triggerSettings, type WebhookTrigger } from '@weft/connector-sdk';
import type { Catalogue, OperationRef } from '@weft/flow';
import type { JsonObject } from '@weft/json-schema';

/** What is called by another system, a webhook's trigger or a wait for a signal, with its settings as they hold. */
export interface CalledUse {
  /** The connector whose connections may hold the secret. */
  connector: string;
  connection?: string;
  contract: WebhookTrigger | SignalTrigger;
  settings: JsonObject;
}

/** Null for operations that receive no calls, and for those that are not installed. */
export function calledUse(
  { use, config, connection }: { use: OperationRef; config?: JsonObject; connection?: string },
  catalogue: Catalogue,
): CalledUse | null {
  const operation = catalogue.operation(use);
  const contract = operation?.trigger;
  if (!operation || (contract?.strategy !== 'webhook' && contract?.strategy !== 'signal')) return null;
  return { connector: use.connector, connection, contract, settings: triggerSettings(operation, config) };
}
