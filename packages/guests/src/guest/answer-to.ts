import { type Connector, type JsonObject, type OperationContext, type OperationRuntime, TerminalError, type WriteOptions } from '@weft/connector-sdk';
import { plainFailure } from '../failure.ts';
import { pack, unpack } from '../packed.ts';
import type { Call, GuestMessage, Handler, PlainWriteOptions, Work } from '../protocol.ts';
import { atMost } from './at-most.ts';
import type { Window } from './window.ts';

export interface AnswerParts {
  connector: Connector;
  context: OperationContext;
  window: Window;
  send(message: GuestMessage): void;
}

/** Calls the handler that is asked for. @returns what it gives, as it travels. @throws what it throws. */
export function answerTo({ operation, work }: Call, parts: AnswerParts): Promise<unknown> {
  const runtime = operation === undefined ? {} : (parts.connector.operations[operation] ?? {});
  const handler = handlers[work.handler] as HandlerOf<Handler>; // The union of works and the table are keyed alike.
  return handler(work as never, { ...parts, runtime });
}

type HandlerOf<H extends Handler> = (work: Extract<Work, { handler: H }>, parts: AnswerParts & { runtime: OperationRuntime }) => Promise<unknown>;

const handlers: { [H in Handler]: HandlerOf<H> } = {
  run: ({ input, config }, { runtime, context }) => there(runtime.run)(context, input, config),

  async read({ input, config, options }, { runtime, context, window, send }) {
    for await (const { records, ...rest } of there(runtime.read)(context, input, config, options)) {
      if (!(await window.room())) return;
      send({ type: 'batch', batch: { records: pack(atMost(records)), rest } });
    }
  },

  async write({ inputs, config, options }, { runtime, context }) {
    // Whoever packed them had a list of objects.
    const { failures, ...result } = await there(runtime.write)(context, unpack(inputs) as JsonObject[], config, writeOptions(options));
    return { ...result, failures: failures?.map(({ index, error }) => ({ index, failure: plainFailure(error) })) };
  },

  sync: ({ config, state }, { runtime, context }) => there(runtime.sync)(context, config, state),
  poll: ({ config, request }, { runtime, context }) => there(runtime.poll)(context, config, request),
  options: ({ source, request }, { runtime, context }) => there(runtime.options?.[source])(context, request),
  schema: ({ source, request }, { runtime, context }) => there(runtime.schemas?.[source])(context, request),
  test: (_work, { connector, context }) => there(connector.testConnection)(context),
  table: ({ name, maxRows }, { connector, context }) => there(connector.tables).read(context, name, { maxRows }),
};

function writeOptions({ keys, exact, ...rest }: PlainWriteOptions): WriteOptions {
  return { ...rest, keyOf: (index) => keys[index] ?? '', exactOf: exact && ((index) => exact[index]) };
}

function there<T>(handler: T | undefined): T {
  if (handler === undefined) throw new TerminalError('This connector has no such operation.', { kind: 'unsupported' });
  return handler;
}
