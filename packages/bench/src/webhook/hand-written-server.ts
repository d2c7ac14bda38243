/**
 * What a good engineer writes in an afternoon for the same job: receive an order, map it, answer, and keep the run and what each step
 * took and gave, durably before the answer. `node hand-written-server.ts <folder> insert-per-request|group-commit [<origin>]`.
 * With an origin the mapped order is posted there before the answer: the run is stored before the effect, its result after it.
 */
import { join } from 'node:path';
import { argv } from 'node:process';
import { serve } from '@hono/node-server';
import Database from 'better-sqlite3';
import { Hono } from 'hono';
import { Pool } from 'undici';
import { newId } from '@weft/server/ids';
import type { Json } from '@weft/json-schema';
import type { MappedOrder } from './order.ts';

const [folder = '.', mode = 'insert-per-request', origin] = argv.slice(2);
/** Keeps its connections, as a client of a busy service does. */
const service = origin === undefined ? undefined : new Pool(origin, { connections: 100 });

const database = new Database(join(folder, 'orders.sqlite'));
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.exec(`
  create table runs (id text primary key, flow_id text not null, status text not null, started_at integer not null, finished_at integer);
  create index runs_by_flow on runs (flow_id, id);
  create table steps (id integer primary key, run_id text not null, name text not null, at integer not null, input text, output text);
  create index steps_by_run on steps (run_id);
`);
const insertRun = database.prepare('insert into runs values (?, ?, ?, ?, ?)');
const finishRun = database.prepare('update runs set status = ?, finished_at = ? where id = ?');
const finishStep = database.prepare("update steps set output = ? where run_id = ? and name = 'post'");
const insertStep = database.prepare('insert into steps (run_id, name, at, input, output) values (?, ?, ?, ?, ?)');

interface Received {
  method: string;
  headers: Record<string, string>;
  query: Record<string, string>;
  body: Order;
}

interface Order {
  id: string;
  number: number;
  placed_at: string;
  currency: string;
  channel: string;
  note: string;
  customer: { id: string; first_name: string; last_name: string; email: string; phone: string; vat_number: string };
  shipping: { method: string; address: { street: string; zip: string; city: string; country: string } };
  billing: { terms: string };
  totals: { net: number; tax: number; gross: number };
  lines: { sku: string; title: string; quantity: number; unit_price: number }[];
}

interface Run {
  id: string;
  startedAt: number;
  finishedAt: number;
  received: Received;
  mapped: MappedOrder;
  answer: { status: number; body: MappedOrder };
}

function storeBegin(run: Run, status: string, finishedAt: number | null): void {
  insertRun.run(run.id, 'flow_orders', status, run.startedAt, finishedAt);
  // What a step takes is what the one before gave, so it is kept once.
  insertStep.run(run.id, 'receive', run.startedAt, null, JSON.stringify(run.received));
  insertStep.run(run.id, 'map', run.startedAt, null, JSON.stringify(run.mapped));
}

function storeWhole(run: Run): void {
  storeBegin(run, 'succeeded', run.finishedAt);
  insertStep.run(run.id, 'respond', run.finishedAt, null, JSON.stringify(run.answer));
}

/** Before the effect: if the process ends now, somebody can see what was about to be sent. */
function storeBeforePost(run: Run, input: Posted): void {
  storeBegin(run, 'running', null);
  insertStep.run(run.id, 'post', run.startedAt, JSON.stringify({ ...input, body: undefined }), null);
}

function storeAfterPost(run: Run, result: Json): void {
  finishStep.run(JSON.stringify(result), run.id);
  insertStep.run(run.id, 'respond', run.finishedAt, null, JSON.stringify(run.answer));
  finishRun.run('succeeded', run.finishedAt, run.id);
}

const inTransaction = database.transaction((works: (() => void)[]) => works.forEach((work) => work()));

let waiting: { work: () => void; stored: () => void; failed: (error: unknown) => void }[] = [];

function storeWithOthers(work: () => void): Promise<void> {
  return new Promise((stored, failed) => {
    waiting.push({ work, stored, failed });
    if (waiting.length === 1) setImmediate(flush);
  });
}

function flush(): void {
  const group = waiting;
  waiting = [];
  try {
    inTransaction(group.map(({ work }) => work));
  } catch (error) {
    for (const { failed } of group) failed(error);
    return;
  }
  for (const { stored } of group) stored();
}

/** Resolves once it is on disk. */
const durably = async (work: () => void): Promise<void> => (mode === 'group-commit' ? storeWithOthers(work) : inTransaction([work]));

interface Posted {
  url: string;
  headers: Record<string, string>;
  body: MappedOrder;
}

async function post(to: Pool, { headers, body }: Posted): Promise<Json> {
  const answer = await to.request({ method: 'POST', path: '/orders', headers, body: JSON.stringify(body), signal: AbortSignal.timeout(30_000) });
  if (answer.statusCode >= 400) throw new Error(`The service answered ${answer.statusCode}.`);
  return { status: answer.statusCode, headers: answer.headers, body: await answer.body.json() } as Json;
}

function mapOrder({ body: order }: Received): MappedOrder {
  return {
    reference: order.id,
    orderNumber: order.number,
    orderedAt: order.placed_at,
    currency: order.currency,
    source: order.channel,
    remark: order.note.trim(),
    customerId: order.customer.id,
    customerName: `${order.customer.first_name} ${order.customer.last_name}`,
    email: order.customer.email.toLowerCase(),
    phone: order.customer.phone,
    vatNumber: order.customer.vat_number,
    deliveryMethod: order.shipping.method,
    street: order.shipping.address.street,
    postalCode: order.shipping.address.zip,
    city: order.shipping.address.city,
    countryCode: order.shipping.address.country.toUpperCase(),
    paymentTerms: order.billing.terms,
    netAmount: order.totals.net,
    taxAmount: order.totals.tax,
    grossAmount: order.totals.gross,
    lines: order.lines.map((line, index) => ({
      lineNo: index + 1,
      article: line.sku,
      description: line.title,
      quantity: line.quantity,
      price: line.unit_price,
      amount: Math.round(line.quantity * line.unit_price * 100) / 100,
    })),
  };
}

const app = new Hono();
app.post('/hooks/:workspace/orders', async (c) => {
  const startedAt = Date.now();
  const received: Received = { method: c.req.method, headers: c.req.header(), query: c.req.query(), body: await c.req.json() };
  const mapped = mapOrder(received);
  const run: Run = { id: newId('run'), startedAt, finishedAt: Date.now(), received, mapped, answer: { status: 200, body: mapped } };
  if (service) {
    const input = { url: `${origin}/orders`, headers: { 'content-type': 'application/json', 'idempotency-key': `${run.id}:post` }, body: mapped };
    await durably(() => storeBeforePost(run, input));
    const result = await post(service, input);
    run.finishedAt = Date.now();
    await durably(() => storeAfterPost(run, result));
  } else await durably(() => storeWhole(run));
  return c.json(mapped);
});

serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => console.log(`Ready at http://127.0.0.1:${port}`));
