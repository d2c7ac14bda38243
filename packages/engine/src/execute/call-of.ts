import type { JsonObject } from '@weft/json-schema';
import type { OperationCall } from '../ports.ts';
import { keyOwner, type NewRun } from '../substrate.ts';
import type { UsedOperation } from '../plan/used-operation.ts';

/** Who calls what: all that limits look at. */
export const callerOf = (run: NewRun, { use, connection }: Pick<UsedOperation, 'use' | 'connection'>): Pick<OperationCall, 'run' | 'use' | 'connection'> => ({
  run,
  use,
  connection,
});

type CallFacts = Pick<OperationCall, 'stepKey' | 'attempt' | 'startedAt' | 'timeoutMs'> & { input?: JsonObject; signal?: AbortSignal };

/** One call of an operation; every one that the engine makes is made here, so that all have their key by the same rule. */
export function callOf<F extends CallFacts>(run: NewRun, { use, connection, config }: Pick<UsedOperation, 'use' | 'connection' | 'config'>, facts: F) {
  return {
    run,
    use,
    connection,
    config,
    idempotencyKey: `${keyOwner(run)}:${facts.stepKey}`,
    ...facts,
  };
}
