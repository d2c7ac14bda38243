import { createHash } from 'node:crypto';
import {
  ConnectorError, TerminalError, type Json, type OperationContext, type Path, type WriteOptions, type WriteResult,
} from '@weft/connector-sdk';
import { defineAction, errorForAnswer, keyValue, openJson, placesInside, writeJson } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { failures as known } from './failures.ts';
import { addressOf, textHeaders } from './request.ts';

interface Sent {
  url: string;
  headers: Record<string, string>;
  records: Json[];
  /** Their places among the inputs. */
  places: number[];
  /** Where in the records a text stands for a number. Absent: nowhere. */
  exact?: Path[];
}

/** Posts records as lists: in a stream many at once, else a list of one. */
export const sendRecords = defineAction({
  id: 'send-records',
  title: 'Send records in lists',
  description: 'Sends records as the list that a service takes, in a loop over a stream as many at once as it may be.',
  summary: '{config.method} lists to {input.url}',
  connection: 'optional',
  effect: 'write',
  idempotency: { kind: 'header', key: 'Idempotency-Key' },
  config: z.object({
    method: z.enum(['POST', 'PUT', 'PATCH']).default('POST').meta({ title: 'Method' }),
    most: z.int().min(1).max(10_000).default(100).meta({ title: 'At most so many in one list' }),
    field: z.string()
      .max(100)
      .default('')
      .meta({ title: 'Field of the list', description: 'The body is { field: [...] }. Empty: the body is the list.', examples: ['items'] }),
  }),
  input: z.object({
    url: z.url().meta({ title: 'Address', description: 'The complete address.', examples: ['https://api.example.com/orders/import'] }),
    headers: keyValue({ title: 'Headers' }).optional(),
    record: openJson({ title: 'Record' }),
  }),
  output: z.object({ status: z.int().meta({ title: 'Status', description: '200 to 299 is success.' }) }),
  failures: known,
  samples: [
    {
      title: 'An order',
      config: { field: 'orders' },
      input: { url: 'https://api.example.com/orders/import', record: { id: '1001', total: '21.00' } },
      output: { status: 202 },
    },
  ],
  sink: {
    // The Idempotency-Key marks repeats; whether the service honours it is up to the service.
    resumable: true,
    async write(context, inputs, config, { keyOf, exactOf }) {
      const failures: NonNullable<WriteResult['failures']> = [];
      const outputs: { status: number }[] = [];
      for (const sent of listsOf(inputs, config.most, exactOf)) {
        try {
          const status = await send(context, sent, config, keyFor(sent.places.map(keyOf)));
          for (const place of sent.places) outputs[place] = { status };
        } catch (error) {
          const failed = aboutTheList(error);
          for (const index of sent.places) failures.push({ index, error: failed });
        }
      }
      return { failures, outputs };
    },
  },
  async run(context, { url, headers, record }, config) {
    const exact = placesInside(context.exact, 'record').map((path) => ['0', ...path]);
    // What a mapping fills is JSON.
    const sent = { url, headers: textHeaders(headers), records: [record as Json], places: [0], exact };
    return { status: await send(context, sent, config, context.idempotencyKey) };
  },
});

/** Records that go to the same address with the same headers, one after the other, share a list. */
function* listsOf(
  inputs: readonly { url: string; headers?: Parameters<typeof textHeaders>[0]; record?: unknown }[],
  most: number,
  exactOf: WriteOptions['exactOf'],
): Generator<Sent> {
  let list: Sent | undefined;
  let sameAs = '';
  for (const [place, { url, headers: given, record }] of inputs.entries()) {
    const headers = textHeaders(given);
    const target = JSON.stringify([url, headers]);
    if (list && (target !== sameAs || list.records.length >= most)) {
      yield list;
      list = undefined;
    }
    sameAs = target;
    list ??= { url, headers, records: [], places: [] };
    for (const exact of placesInside(exactOf?.(place), 'record')) (list.exact ??= []).push([String(list.records.length), ...exact]);
    // What was mapped is JSON.
    list.records.push((record ?? null) as Json);
    list.places.push(place);
  }
  if (list) yield list;
}

/** The same whenever the same records are sent again. */
const keyFor = (keys: readonly string[]): string => createHash('sha256').update(keys.join('\n')).digest('hex');

async function send(
  { http, signal, warn }: OperationContext,
  { url: address, headers, records, exact = [] }: Sent,
  { method, field }: { method: string; field: string },
  key: string,
): Promise<number> {
  const url = addressOf(address);
  const sent: Record<string, string> = { 'content-type': 'application/json', 'idempotency-key': key, ...headers };
  const answer = await http.request({
    method,
    url: url.href,
    addressField: ['input', 'url'],
    headers: sent,
    body: field === '' ? writeJson(records, exact) : writeJson({ [field]: records }, exact.map((path) => [field, ...path])),
    signal,
  });
  const failed = errorForAnswer(answer);
  if (failed !== undefined) throw failed;
  if (answer.method !== undefined && answer.method !== method) {
    const { origin, pathname } = new URL(answer.url);
    throw new TerminalError(
      `A redirect led to ${origin}${pathname} and made the ${method} a ${answer.method}, without the records. Use the address that it leads to.`,
      { kind: 'contract_violation' },
    );
  }
  if (answer.status === 207) warn(`${url.host} answered 207: it may not have taken all of the ${records.length} records of a list, and says which in its answer.`);
  return answer.status;
}

/** What may pass is tried again as a whole, and what is about the connection stops it; a list that is refused, or whose own address is, fails alone. */
function aboutTheList(error: unknown): ConnectorError {
  if (error instanceof ConnectorError && !error.retryable && error.kind !== 'auth' && error.kind !== 'forbidden') return error;
  throw error;
}
