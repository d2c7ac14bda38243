import type { CallRate } from '@weft/connector-sdk';
import type { OperationLimits, QueueRules, RateLimit } from '@weft/engine';
import type { Catalogue } from '@weft/flow';
import type { HoldStore } from '../stores/holds/hold-store.ts';

export interface OperationLimitParts {
  catalogue: Catalogue;
  holds: Pick<HoldStore, 'connectorNote'>;
  /** What holds runs in the queue; a stream in progress goes back there. */
  holdOn: QueueRules['holdOn'];
  /** What a connection allows; undefined: as much as comes. */
  rateOf(workspaceId: string, connectionId: string): CallRate | undefined;
}

const lengths: Record<CallRate['per'], number> = { second: 1_000, minute: 60_000, hour: 3_600_000 };

/** How often steps may call: what their connection says, and what the operation's descriptor says, each counted by itself. */
export function operationLimits({ catalogue, holds, holdOn, rateOf }: OperationLimitParts): OperationLimits {
  return {
    bucketsOf({ run: { workspaceId }, use, connection }) {
      const ofConnection = connection === undefined ? undefined : rateOf(workspaceId, connection);
      const ofOperation = catalogue.operation(use)?.rateLimit;
      return [
        ...(ofConnection && connection !== undefined ? [{ name: `connection:${connection}`, limit: limitOf(ofConnection), of: 'connection' as const }] : []),
        ...(ofOperation
          ? [{ name: `operation:${use.connector}/${use.operation}:${connection ?? workspaceId}`, limit: limitOf(ofOperation), of: 'operation' as const }]
          : []),
      ];
    },
    isHeld: (use) => holds.connectorNote(use) !== undefined,
    holdsBack: (run) => holdOn?.(run) !== undefined,
  };
}

const limitOf = ({ calls, per }: CallRate): RateLimit => ({ calls, perMs: lengths[per] });
