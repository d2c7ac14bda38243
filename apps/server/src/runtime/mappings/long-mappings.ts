import { fileURLToPath } from 'node:url';
import { ConnectorError, type JsonObject, type OperationContext, TerminalError } from '@weft/connector-sdk';
import type { EngineOptions } from '@weft/engine';
import { createGuests } from '@weft/guests';
import type { MappingResult } from '@weft/mapping';
import mappings from './mapping-connector.ts';

/** Of V8, MB: what a step may read and what it makes of it, several times over. */
const usualHeapMb = 384;
/** At once, half of them for one workspace. */
const maxAtOnce = 4;
/** A mapping ends itself long before, milliseconds; this is for one that does not get to look at the clock. */
const patienceMs = 20_000;

export interface LongMappings {
  elsewhere: NonNullable<EngineOptions['mapElsewhere']>;
  close(): void;
}

/** Mappings that would keep others waiting, in processes of their own. None is started before the first. */
export function createLongMappings({ heapMb = usualHeapMb } = {}): LongMappings {
  const guests = createGuests({ program: program(), heapMb, maxCalls: maxAtOnce });
  const { map } = guests.isolated(mappings).operations;
  return {
    async elsewhere(work, { workspaceId, signal }) {
      const own = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
      const context = { workspaceId, runId: '', idempotencyKey: '', now: work.context.now, signal: own };
      try {
        // A mapping asks for nothing that a context could lend, and what it is given travels as it is.
        const { result } = (await map!.run!(context as OperationContext, work as unknown as JsonObject, {})) as { result: string };
        return JSON.parse(result) as MappingResult;
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof ConnectorError && error.kind === 'timeout') throw new TerminalError(tooLong, { kind: 'invalid_input', cause: error });
        if (error instanceof TerminalError) throw new TerminalError(tooMuch, { kind: 'invalid_input', cause: error });
        throw error;
      }
    },
    close: () => guests.close(),
  };
}

const tooLong = 'The mapping took too long. Map fewer items at once.';
const tooMuch = 'The mapping needs more memory than one may take. Map fewer items at once, or texts that are shorter.';

/** With the other guests beside the bundle; from source, this folder's own file. */
const program = (): string => fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './mapping-guest.ts' : './guest/mapping-guest.js', import.meta.url));
