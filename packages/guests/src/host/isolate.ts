/**
 * A connector whose code runs in guests. To whoever calls it, it is a connector like any other.
 *
 * 1. What only reads and whose guest died is tried once more; then it fails for good.
 * 2. A change whose guest died is not tried again by anybody: nobody knows whether it was done.
 * 3. A stream goes on behind the last batch that was taken, in another guest.
 */
import {
  type Connector, type FileContext, type Json, type OperationContext, type OperationRuntime, RetryableError, type SourceBatch, TerminalError,
  type WriteResult,
} from '@weft/connector-sdk';
import { defined } from '@weft/json-schema';
import { errorOf, type PlainFailure } from '../failure.ts';
import { pack, unpack } from '../packed.ts';
import type { Call, Handler, PlainContext, Work } from '../protocol.ts';
import { converse, GuestDied } from './converse.ts';
import type { Pool } from './pool.ts';

/** The longest that a guest may be silent, milliseconds: whoever waits for a step gives up before, and then it is told to end. */
const maxSilenceMs: Record<Handler, number> = {
  run: 3_600_000,
  read: 3_600_000,
  write: 3_600_000,
  sync: 600_000,
  poll: 600_000,
  options: 30_000,
  schema: 30_000,
  test: 30_000,
  table: 20_000,
};

type CallContext = FileContext & Partial<OperationContext>;

export function isolate(connector: Connector, pool: Pool): Connector {
  const { descriptor, operations, testConnection, tables } = connector;
  const { title } = descriptor;

  async function* converseIn(kind: 'call' | 'stream', context: CallContext, { operation, work }: Pick<Call, 'operation' | 'work'>) {
    const { guest, giveBack } = await pool.borrow({ workspaceId: context.workspaceId, kind, signal: context.signal }).catch((error: unknown) => {
      throw context.signal.aborted ? new RetryableError('This was stopped while it waited for its turn.', { kind: 'timeout', cause: error }) : error;
    });
    let isSound = false;
    const call: Call = { connector: descriptor.id, operation, work, context: plainContext(context) };
    try {
      return yield* converse(guest, { call, context, maxSilenceMs: maxSilenceMs[work.handler], sound: () => (isSound = true) });
    } finally {
      giveBack(isSound);
    }
  }

  /** A call that gives one thing. */
  async function answer<T>(context: CallContext, call: Pick<Call, 'operation' | 'work'>, { changes = false } = {}): Promise<T> {
    for (let deaths = 0; ; ) {
      try {
        const { value } = await converseIn('call', context, call).next();
        // The guest runs the very handler that whoever called expects.
        return value as T;
      } catch (error) {
        deaths += 1;
        if (!(error instanceof GuestDied)) throw error;
        if (changes || deaths > 1 || error.end.notStarted) throw failureOf(error, { title, changes });
      }
    }
  }

  async function* read(operation: string, context: OperationContext, work: Extract<Work, { handler: 'read' }>): AsyncGenerator<SourceBatch> {
    let { cursor } = work.options;
    let given = 0;
    for (let deaths = 0; ; ) {
      try {
        const options = { ...work.options, cursor };
        for await (const { records, rest } of converseIn('stream', context, { operation, work: { ...work, options } })) {
          const batch = { ...rest, records: unpack(records) } as SourceBatch;
          yield batch;
          ({ cursor } = batch);
          given += 1;
          deaths = 0;
        }
        return;
      } catch (error) {
        deaths += 1;
        if (!(error instanceof GuestDied)) throw error;
        if (deaths > 1 || error.end.notStarted || (given > 0 && cursor === undefined)) throw failureOf(error, { title, changes: false });
      }
    }
  }

  function isolated(operation: string, { run, read: reads, write, sync, poll, options, schemas }: OperationRuntime): OperationRuntime {
    const { effect = 'write', effectBy } = descriptor.operations.find(({ id }) => id === operation) ?? {};
    const changes = effect !== 'read' || effectBy !== undefined;
    return defined<OperationRuntime>({
      run: run && ((context, input, config) => answer<Json>(context, { operation, work: { handler: 'run', input, config } }, { changes })),
      read: reads && ((context, input, config, given) => read(operation, context, { handler: 'read', input, config, options: given })),
      write:
        write &&
        (async (context, inputs, config, { state, keyOf, exactOf, adds }) => {
          const plain = { state, keys: inputs.map((_, at) => keyOf(at)), exact: exactOf && inputs.map((_, at) => exactOf(at)), adds };
          const work: Work = { handler: 'write', inputs: pack(inputs), config, options: plain };
          const { failures, ...result } = await answer<PlainWriteResult>(context, { operation, work }, { changes: true });
          return { ...result, failures: failures?.map(({ index, failure }) => ({ index, error: errorOf(failure) })) };
        }),
      sync: sync && ((context, config, state) => answer<void>(context, { operation, work: { handler: 'sync', config, state } }, { changes: true })),
      poll: poll && ((context, config, request) => answer(context, { operation, work: { handler: 'poll', config, request } })),
      options: options && eachOf(options, (source) => (context, request) => answer(context, { operation, work: { handler: 'options', source, request } })),
      schemas: schemas && eachOf(schemas, (source) => (context, request) => answer(context, { operation, work: { handler: 'schema', source, request } })),
    });
  }

  return defined<Connector>({
    ...connector,
    operations: Object.fromEntries(Object.entries(operations).map(([id, runtime]) => [id, isolated(id, runtime)])),
    testConnection: testConnection && ((context) => answer<string>(context, { work: { handler: 'test' } })),
    tables: tables && { ...tables, read: (context, name, { maxRows }) => answer(context, { work: { handler: 'table', name, maxRows } }) },
  });
}

/** What a sink gave, as it travels. */
export type PlainWriteResult = Omit<WriteResult, 'failures'> & { failures?: { index: number; failure: PlainFailure }[] };

function plainContext({ workspaceId, runId = '', idempotencyKey = '', now = new Date(), timeoutMs, connection, exact }: CallContext): PlainContext {
  return { workspaceId, runId, idempotencyKey, now, timeoutMs, connection, exact };
}

const eachOf = <T>(handlers: Record<string, T>, make: (source: string) => T): Record<string, T> =>
  Object.fromEntries(Object.keys(handlers).map((source) => [source, make(source)]));

function failureOf({ end, said, ...cause }: GuestDied, { title, changes }: { title: string; changes: boolean }): Error {
  if (end.notStarted) return new RetryableError('There was no room for another process on this machine. Trying again may help.', { cause: end.notStarted });
  if (changes) {
    return new TerminalError(
      `${title}: the process that did this ended in the middle, so nobody knows whether it was done. Look there before you run it again.`,
      { cause },
    );
  }
  if (end.byMemory) {
    return new TerminalError(
      `${title}: this needs more memory than it may take. Ask for fewer rows or columns, or for shorter ones.`,
      { cause, kind: 'unsupported' },
    );
  }
  const what = said === undefined ? '' : ` (${said.slice(0, 200)})`;
  return new TerminalError(
    `${title}: what the other side gave could not be read${what}, also when it was tried again. Check in the connection what it is that answers there.`,
    { cause, kind: 'upstream' },
  );
}
