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
  for await (const batch of read(context, input, config, { batchSize, cursor })) batches.push(batch);
  return batches;
}

export const recordsOf = (batches: readonly SourceBatch[]): Json[] => batches.flatMap(({ records }) => records);

/** From each cursor on come the records behind it, counted on from there: what resuming relies on. */
export async function everyCursorGoesOn(options: ReadAll): Promise<void> {
  const batches = await readAll(options);
  const factsOf = (some: readonly SourceBatch[]): string => JSON.stringify(some.map(({ records, cursor, amount }) => ({ records, cursor, amount })));
  for (const [at, { cursor }] of batches.entries()) {
    const rest = await readAll({ ...options, ...(cursor !== undefined && { cursor }) });
    if (factsOf(rest) !== factsOf(batches.slice(at + 1))) throw new Error(`Behind batch ${at} comes something else when it is read again.`);
  }
}
