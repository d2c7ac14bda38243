import type { Connector, Json, JsonObject, SourceBatch } from '@weft/connector-sdk';
import type { TestContext } from '@weft/connector-sdk/conformance';

export interface ReadAll {
  connector: Connector;
  operation: string;
  context: TestContext;
  config?: JsonObject;
  input?: JsonObject;
  batchSize?: number;
  cursor?: Json;
}

/** All batches of a source, as the engine would get them. */
export async function readAll({ connector, operation, context, config = {}, input = {}, batchSize = 500, cursor }: ReadAll): Promise<SourceBatch[]> {
  const read = connector.operations[operation]?.read;
  if (!read) throw new Error(`${operation} is no source.`);
  const batches: SourceBatch[] = [];
  for await (const batch of read(context, input, config, { batchSize, ...(cursor !== undefined && { cursor }) })) batches.push(batch);
  return batches;
}

export const recordsOf = (batches: readonly SourceBatch[]): Json[] => batches.flatMap(({ records }) => records);

/** From each cursor on come the records behind it: what resuming relies on. */
export async function everyCursorGoesOn(options: ReadAll): Promise<void> {
  const batches = await readAll(options);
  for (const [at, { cursor }] of batches.entries()) {
    const rest = await readAll({ ...options, ...(cursor !== undefined && { cursor }) });
    const expected = JSON.stringify(batches.slice(at + 1).map(({ records, cursor: next }) => ({ records, next })));
    if (JSON.stringify(rest.map(({ records, cursor: next }) => ({ records, next }))) !== expected) throw new Error(`Behind batch ${at} comes something else when it is read again.`);
  }
}
