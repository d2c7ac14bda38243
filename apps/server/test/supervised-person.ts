import type { FlowDetail, Me } from '@weft/api';
import type { FlowDocument } from '@weft/flow';
import type { SupervisedWeft } from './supervised-weft.ts';

/** The owner of an installation whose server may go away and come back: the session outlives it. */
export interface SupervisedPerson {
  workspace: string;
  /** Of the session. */
  cookie(): string;
  /** @throws with the answer, when it is refused. */
  send<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** @returns what is below the flow's path in the API, and its webhook's address. */
  publish(document: FlowDocument): Promise<{ id: string; base: string; hook: string }>;
}

export async function claimSupervised(weft: SupervisedWeft, privateNetworks: string[]): Promise<SupervisedPerson> {
  let cookie = '';
  async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${weft.url}/api/v1${path}`, {
      method,
      headers: { origin: weft.url, cookie, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer}`);
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    // The shapes are those of the contract; 204 has none.
    return (answer === '' ? null : JSON.parse(answer)) as T;
  }
  const person = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery', workspace: 'Acme', token: weft.setupToken };
  const workspace = (await send<Me>('POST', '/setup', person)).workspaces[0]?.id ?? '';
  await send('PATCH', '/settings', { privateNetworks });
  return {
    workspace,
    cookie: () => cookie,
    send,
    async publish(document) {
      const { id, revision } = await send<FlowDetail>('POST', `/w/${workspace}/flows`, { document });
      const base = `/w/${workspace}/flows/${id}`;
      const { webhookUrl } = await send<FlowDetail>('POST', `${base}/publish`, { revision });
      return { id, base, hook: webhookUrl ?? '' };
    },
  };
}
