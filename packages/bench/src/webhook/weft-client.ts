import type { FlowDocument } from '@weft/flow';

/** The API of a fresh installation, as its owner. */
export interface WeftClient {
  url: string;
  /** Lets flows call this origin on this machine. */
  allow(origin: string): Promise<void>;
  /** @returns the address of the flow's webhook. */
  publish(flow: FlowDocument): Promise<string>;
}

/** Claims the installation. @param output - what the server printed when it was ready. */
export async function claimedWeft(output: string): Promise<WeftClient> {
  const url = /Weft is ready at (\S+)/.exec(output)?.[1] ?? '';
  const token = /\/setup\?token=(\S+)/.exec(output)?.[1];
  let cookie = '';

  async function send<T>(method: string, path: string, body: unknown): Promise<T> {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', origin: url, cookie },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0]);
    if (cookies.length > 0) cookie = cookies.join('; ');
    // The shapes are those of the server's contract.
    return (await response.json()) as T;
  }

  const person = { name: 'Bench', email: 'bench@example.com', password: 'a long enough password', workspace: 'Bench' };
  const { workspaces } = await send<{ workspaces: { id: string }[] }>('POST', '/setup', { ...person, token });
  const base = `/w/${workspaces[0]?.id}/flows`;
  return {
    url,
    async allow(origin) {
      await send('PATCH', '/settings', { privateNetworks: [new URL(origin).host] });
    },
    async publish(flow) {
      const { id, revision } = await send<{ id: string; revision: number }>('POST', base, { document: flow });
      const { webhookUrl } = await send<{ webhookUrl: string }>('POST', `${base}/${id}/publish`, { revision });
      return webhookUrl;
    },
  };
}
