import { Agent, request } from 'undici';

/** The sender's own limits are wide: what is slow or cut off shall be the server's doing. */
const agent = new Agent({ connections: 200, headersTimeout: 120_000, bodyTimeout: 120_000 });

export interface Sent {
  /** 0: the connection ended without an answer, so nothing was acknowledged. */
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Posts to a webhook. It never throws: a lost connection is an outcome like another. */
export async function send(url: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Sent> {
  try {
    const response = await request(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers }, dispatcher: agent });
    return { status: response.statusCode, headers: response.headers, body: await response.body.text() };
  } catch (error) {
    return { status: 0, headers: {}, body: String(error) };
  }
}

export const isAccepted = ({ status }: Sent): boolean => status >= 200 && status < 300;

/** Does `work` for 0 … count-1, so many at once, in order. */
export async function inParallel(count: number, atOnce: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(count, atOnce) }, async () => {
      while (next < count) await work(next++);
    }),
  );
}
