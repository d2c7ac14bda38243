import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../src/db/open.ts';
import { accounts, memberships, users, workspaces } from '../src/db/schema/index.ts';
import type { Me, ProblemDetails } from '@weft/api';
import { hashPassword } from '../src/identity/password.ts';
import { createServer, type RunningServer, type ServerOptions } from '../src/server.ts';

export const owner = { name: 'Ada Lovelace', email: 'ada@example.com', password: 'correct horse battery' };

/** What a test expects to be answered; a problem unless it says otherwise. */
export interface Answer<T = ProblemDetails> {
  status: number;
  headers: Headers;
  /** Parsed when it is JSON, text otherwise. */
  body: T;
}

/** One browser: keeps its cookies and sends its origin. */
export interface Person {
  /** The workspace it was made with; '' for a stranger. */
  workspace: string;
  send<T = ProblemDetails>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T>>;
  cookies: string;
}

export interface TestWeft {
  server: RunningServer;
  url: string;
  folder: string;
  /** The owner, with the first workspace. */
  claim(): Promise<Person>;
  stranger(): Person;
  /** Somebody else with an account and a workspace of their own. */
  someoneElse(email?: string): Promise<Person>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A real server on a free port, with a data folder of its own. */
export async function startWeft(options: Partial<ServerOptions> = {}): Promise<TestWeft> {
  const folder = mkdtempSync(join(tmpdir(), 'weft-server-'));
  const start = () => createServer({ dataFolder: folder, port: 0, logLevel: 'silent', ...options });
  const weft: TestWeft = {
    server: await start(),
    get url() {
      return weft.server.url;
    },
    folder,
    stranger: () => person(weft, ''),
    async claim() {
      const ada = person(weft, '');
      const answer = await ada.send<Me>('POST', '/setup', { ...owner, workspace: 'Acme', token: weft.server.setupToken ?? '' });
      if (answer.status !== 200) throw new Error(`Not claimed: ${JSON.stringify(answer.body)}`);
      ada.workspace = answer.body.workspaces[0]?.id ?? '';
      return ada;
    },
    async someoneElse(email = 'eve@example.com') {
      const workspace = await addPerson(folder, email);
      const eve = person(weft, workspace);
      const answer = await eve.send('POST', '/session', { email, password: owner.password });
      if (answer.status !== 200) throw new Error(`Not signed in: ${JSON.stringify(answer.body)}`);
      return eve;
    },
    async restart() {
      await weft.server.close();
      weft.server = await start();
    },
    async stop() {
      await weft.server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return weft;
}

function person(weft: TestWeft, workspace: string): Person {
  const self: Person = {
    workspace,
    cookies: '',
    async send<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const response = await fetch(`${weft.url}/api/v1${path}`, {
        method,
        headers: {
          origin: weft.url,
          ...(self.cookies && { cookie: self.cookies }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        redirect: 'manual',
      });
      for (const cookie of response.headers.getSetCookie()) self.cookies = cookie.split(';')[0] ?? '';
      return { status: response.status, headers: response.headers, body: (await read(response)) as T };
    },
  };
  return self;
}

async function read(response: Response): Promise<unknown> {
  const text = await response.text();
  return /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text;
}

/** Signing up is off and invitations come later, so a second person is put into the database. @returns their workspace. */
async function addPerson(folder: string, email: string): Promise<string> {
  const db = openDatabase(join(folder, 'weft.sqlite'));
  const now = new Date();
  const userId = `usr_${email.replace(/\W/g, '')}`;
  const workspaceId = `ws_${email.replace(/\W/g, '')}`;
  db.insert(users).values({ id: userId, name: email, email, createdAt: now, updatedAt: now }).run();
  db.insert(accounts)
    .values({
      id: `acc_${userId}`,
      accountId: userId,
      providerId: 'credential',
      userId,
      password: await hashPassword(owner.password),
      createdAt: now,
      updatedAt: now,
    })
    .run();
  db.insert(workspaces).values({ id: workspaceId, name: `Of ${email}`, practiceToken: workspaceId, createdAt: now.getTime() }).run();
  db.insert(memberships).values({ workspaceId, userId, role: 'owner', createdAt: now.getTime() }).run();
  db.$client.close();
  return workspaceId;
}
