// @vitest-environment jsdom
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { emptyFlow, type FlowDocument } from '@weft/flow';
import type { FlowDetail } from '@weft/api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connection } from '../api/index.ts';
import { keepMine, saveNow, startAutosave } from './autosave.ts';
import { retitleFlow } from './commands/index.ts';
import { keptDraft } from './kept-draft.ts';
import { dispatch, setDocument, useEditor } from './state/index.ts';

const detail = (draft: FlowDocument, revision: number) =>
  ({
    id: 'flow_1',
    title: draft.title,
    draft,
    revision,
    enabled: true,
    published: null,
    unpublishedChanges: false,
    updatedAt: '2026-01-01T00:00:00Z',
    webhookUrl: null,
  }) as FlowDetail;

/** Keeps one draft as the product's server does: a save has to name the revision it is based on. */
interface DraftServer {
  titles: string[];
  revision: number;
  /** Requests that are being answered at this moment, at most. */
  mostAtOnce: number;
  /** Answers the next saves with this instead. */
  refuse: { status: number; code: string } | undefined;
}

let http: Server;
let server: DraftServer;
let stop: () => void;
const realFetch = globalThis.fetch;

beforeEach(async () => {
  server = { titles: [], revision: 1, mostAtOnce: 0, refuse: undefined };
  http = await listen(server);
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  // A browser resolves addresses against its page.
  globalThis.fetch = (url, init) => realFetch(new URL(String(url), origin), init);
  localStorage.clear();
  setDocument(detail(emptyFlow('First'), 1));
  stop = startAutosave('ws_1', 'flow_1');
});

afterEach(async () => {
  server.refuse = undefined;
  connection.back();
  stop();
  await saveNow();
  globalThis.fetch = realFetch;
  await new Promise((closed) => http.close(closed));
});

const state = () => useEditor.getState().saveState;
const rename = (title: string): void => dispatch(retitleFlow(title));

describe('a draft', () => {
  it('is saved by itself after a pause, and kept in the browser until then', async () => {
    rename('Second');
    expect(state()).toBe('unsaved');
    expect(keptDraft('flow_1')).toMatchObject({ document: { title: 'Second' }, revision: 1 });
    await vi.waitFor(() => expect(state()).toBe('saved'), { timeout: 10_000 });
    expect(server.titles).toEqual(['Second']);
    expect(useEditor.getState().revision).toBe(2);
    expect(keptDraft('flow_1')).toBeUndefined();
  });

  it('that did not change is not sent', async () => {
    expect(await saveNow()).toBe(true);
    expect(server.titles).toEqual([]);
  });

  it('that changes during a save is saved again afterwards, one request at a time', async () => {
    rename('Second');
    const first = saveNow();
    rename('Third');
    expect(await first).toBe(false);
    await Promise.all([saveNow(), saveNow()]);
    expect(server.titles).toEqual(['Second', 'Third']);
    expect(server.mostAtOnce).toBe(1);
    expect(state()).toBe('saved');
  });

  it('that somebody else saved meanwhile is asked about, and one’s own can be put on top', async () => {
    server.revision = 5;
    rename('Mine');
    expect(await saveNow()).toBe(false);
    expect(state()).toBe('conflict');
    const { theirs } = useEditor.getState();
    expect(theirs?.title).toBe('Theirs');
    // Until it is decided nothing is sent, and what is typed is kept.
    rename('Mine, longer');
    expect(await saveNow()).toBe(false);
    expect(keptDraft('flow_1')?.document.title).toBe('Mine, longer');
    expect(server.titles).toEqual([]);
    keepMine(theirs!);
    await vi.waitFor(() => expect(state()).toBe('saved'));
    expect(server.titles).toEqual(['Mine, longer']);
  });

  it('that the server does not take is kept, and tried again with the next edit', async () => {
    server.refuse = { status: 400, code: 'flow.invalid' };
    rename('Too much');
    expect(await saveNow()).toBe(false);
    expect(state()).toBe('refused');
    expect(keptDraft('flow_1')?.document.title).toBe('Too much');
    server.refuse = undefined;
    rename('Less');
    expect(await saveNow()).toBe(true);
    expect(server.titles).toEqual(['Less']);
  });

  it('waits for the connection, and is saved when it is back', async () => {
    server.refuse = { status: 503, code: 'busy' };
    rename('On the train');
    expect(await saveNow()).toBe(false);
    expect(state()).toBe('offline');
    expect(keptDraft('flow_1')?.document.title).toBe('On the train');
    server.refuse = undefined;
    connection.tryNow();
    await vi.waitFor(() => expect(state()).toBe('saved'), { timeout: 10_000 });
    expect(server.titles).toEqual(['On the train']);
  });
});

async function listen(drafts: DraftServer): Promise<Server> {
  let open = 0;
  const own = createServer((request, response) => {
    const answer = (status: number, body: unknown): void => {
      open -= 1;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    open += 1;
    drafts.mostAtOnce = Math.max(drafts.mostAtOnce, open);
    void read(request).then((text) => {
      const problem = { type: 'about:blank', title: 'No', detail: 'No.' };
      if (request.url === '/api/v1/health') return answer(200, {});
      if (drafts.refuse) return answer(drafts.refuse.status, { ...problem, ...drafts.refuse });
      if (request.headers['if-match'] !== String(drafts.revision)) {
        return answer(412, { ...problem, status: 412, code: 'flow.stale', current: detail(emptyFlow('Theirs'), drafts.revision) });
      }
      drafts.titles.push((JSON.parse(text) as FlowDocument).title);
      drafts.revision += 1;
      return answer(200, { revision: drafts.revision });
    });
  });
  await new Promise<void>((listening) => own.listen(0, '127.0.0.1', listening));
  return own;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
