import type { FlowDocument } from '@weft/flow';
import type { WeftServer } from '@weft/e2e/server';

type StorageState = {
  cookies: { name: string; value: string; domain: string; path: string; expires: number; httpOnly: boolean; secure: boolean; sameSite: 'Lax' }[];
  origins: [];
};

export interface Account {
  workspace: string;
  /** Signs a browser in. */
  state: StorageState;
  /** @returns the id of the new flow. */
  create(flow: FlowDocument): Promise<string>;
  /** Makes its draft, as it is after `create`, the version that runs. */
  publish(flow: string): Promise<void>;
}

/** Claims a fresh installation. */
export async function signIn(server: WeftServer): Promise<Account> {
  const token = new URL(server.setupLink).searchParams.get('token');
  const person = { name: 'Bench', email: 'bench@example.com', password: 'a long enough password', workspace: 'Bench', token };
  const claimed = await post(server, '/setup', person);
  const cookies = claimed.headers.getSetCookie().map((line) => (line.split(';')[0] ?? '').split('='));
  const me = (await claimed.json()) as { workspaces: { id: string }[] };
  const workspace = me.workspaces[0]?.id ?? '';
  const header = cookies.map((pair) => pair.join('=')).join('; ');
  return {
    workspace,
    state: {
      cookies: cookies.map(([name = '', ...value]) => ({
        name,
        value: value.join('='),
        domain: new URL(server.url).hostname,
        path: '/',
        expires: -1,
        httpOnly: true,
        secure: false,
        sameSite: 'Lax',
      })),
      origins: [],
    },
    async create(flow) {
      const created = await post(server, `/w/${workspace}/flows`, { document: flow }, header);
      return ((await created.json()) as { id: string }).id;
    },
    async publish(flow) {
      await post(server, `/w/${workspace}/flows/${flow}/publish`, { revision: 1 }, header);
    },
  };
}

async function post(server: WeftServer, path: string, body: unknown, cookie = ''): Promise<Response> {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url, cookie },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${await response.text()}`);
  return response;
}
