/**
 * The practice service: a made-up ERP and ticket list that flows call on a fresh installation. It speaks as a real service
 * would and fails on request, so that retries and error ports can be seen working. The token in its address stands for a
 * workspace; there is no sign-in.
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Context, Hono } from 'hono';
import { readJsonBody } from '../http/body.ts';
import { problemResponse } from '../problem-response.ts';
import { notFound, Refused } from '../refused.ts';
import { addSecurityHeaders } from '../http/security-headers.ts';
import type { WorkspaceStore } from '../stores/workspaces/workspace-store.ts';
import { accept } from './accept.ts';
import { pagePolicy, practicePage } from './page.ts';
import { type PracticeKind, practiceKinds, type PracticeRecords } from './records.ts';

export interface PracticeOptions {
  records: PracticeRecords;
  workspaces: Pick<WorkspaceStore, 'byPracticeToken'>;
  /** Base URL of the whole service, or null while it is switched off. */
  practiceUrl(): string | null;
}

const paths: Record<PracticeKind, string> = { orders: '/:token/erp/orders', reservations: '/:token/erp/reservations', tickets: '/:token/tickets' };
const maxBodyBytes = 1024 * 1024;
const maxDelayMs = 30_000;
const maxBusyKeys = 1_000;

/** Mounted at /practice. */
export function createPractice({ records, workspaces, practiceUrl }: PracticeOptions): Hono {
  const app = new Hono();
  /** How often a call was answered with 429, by its body. */
  const busyCalls = new Map<string, number>();

  async function workspaceOf(c: Context): Promise<string> {
    const workspaceId = practiceUrl() === null ? null : await workspaces.byPracticeToken(c.req.param('token') ?? '');
    if (workspaceId === null) throw notFound('This practice service');
    return workspaceId;
  }

  app.use('*', async (c, next) => {
    await next();
    c.res.headers.set('cache-control', 'no-store');
    if (!c.res.headers.has('content-security-policy')) c.res.headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    addSecurityHeaders(c.res.headers, { https: false });
  });
  app.onError((error) => {
    if (error instanceof Refused) return problemResponse(error);
    throw error;
  });

  app.get('/:token', async (c) => {
    const workspaceId = await workspaceOf(c);
    const list = (kind: PracticeKind) => records.list(workspaceId, kind);
    const [orders, reservations, tickets] = await Promise.all([list('orders'), list('reservations'), list('tickets')]);
    const page = practicePage(`${practiceUrl()}/${c.req.param('token')}`, { orders, reservations, tickets });
    return c.html(page, 200, { 'content-security-policy': pagePolicy });
  });

  for (const kind of practiceKinds) {
    app.get(paths[kind], async (c) => {
      const list = await records.list(await workspaceOf(c), kind);
      return c.json({ items: list.map(({ answer }) => answer) });
    });
    app.post(paths[kind], async (c) => {
      const workspaceId = await workspaceOf(c);
      const body = await readJsonBody(c.req.raw, { limitBytes: maxBodyBytes });
      const key = c.req.header('idempotency-key') ?? null;
      const refusal = await misbehave(c, `${workspaceId} ${kind} ${key ?? createHash('sha256').update(JSON.stringify(body)).digest('hex')}`);
      if (refusal) return refusal;
      const accepted = accept[kind](body);
      if ('field' in accepted) return c.json({ error: { code: 'invalid', field: accepted.field, message: accepted.message } }, 422);
      return c.json(await records.add({ workspaceId, kind, idempotencyKey: key, received: body, answer: accepted.answer }), 201);
    });
  }
  app.all('*', () => {
    throw notFound('This address of the practice service');
  });

  /** Fails or waits as the address asks. */
  async function misbehave(c: Context, call: string): Promise<Response | null> {
    const delay = Math.min(Number(c.req.query('delay') ?? 0) || 0, maxDelayMs);
    if (delay > 0) await sleep(delay, undefined, { signal: c.req.raw.signal }).catch(gone);
    const status = Number(c.req.query('fail') ?? 0);
    if (Number.isInteger(status) && status >= 400 && status <= 599) return failure(status, `You asked for status ${status}.`);
    const busy = Math.min(Number(c.req.query('busy') ?? 0) || 0, 20);
    const before = busyCalls.get(call) ?? 0;
    if (before >= busy) {
      busyCalls.delete(call);
      return null;
    }
    if (busyCalls.size >= maxBusyKeys) busyCalls.clear();
    busyCalls.set(call, before + 1);
    return failure(503, `Busy, as you asked: ${before + 1} of ${busy}. Try again.`, { 'retry-after': '1' });
  }

  return app;
}

const failure = (status: number, message: string, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify({ error: { code: `http_${status}`, message } }), { status, headers: { 'content-type': 'application/json', ...headers } });

/** The caller hung up while it was waiting. */
function gone(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}
