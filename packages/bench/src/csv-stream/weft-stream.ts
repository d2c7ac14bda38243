import { openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FlowDocument } from '@weft/flow';
import type { StreamProgressView } from '@weft/api';
import { weftProgram } from '../webhook/contest.ts';
import { startServerProcess } from '../webhook/server-process.ts';

export interface StreamRun {
  ms: number;
  peakRssMb: number | undefined;
  /** What the loop did. */
  progress: StreamProgressView;
  /** The bytes of the file that it wrote. */
  output: Uint8Array;
}

interface RunState {
  status: string;
  durationMs: number | null;
  error: { message: string } | null;
  progress: StreamProgressView[];
}

/** A fresh installation does the job once: the time is the run's own, from its acceptance to its end. */
export async function runInWeft({ folder, csv, flow, input, output, other = false }: {
  folder: string;
  csv: string;
  flow: FlowDocument;
  input: string;
  output: string;
  other?: boolean;
}): Promise<StreamRun> {
  const data = await mkdtemp(join(folder, 'weft-'));
  const server = await startServerProcess(weftProgram({ other }), /Weft is ready at \S+\n/, {
    WEFT_DATA: data,
    PORT: '0',
    HOST: '127.0.0.1',
    WEFT_PUBLIC_URL: '',
    LOG_LEVEL: 'warn',
  });
  try {
    const { send, workspace } = await signIn(server.output);
    await send('PUT', `/w/${workspace}/files/${input}`, await openAsBlob(csv));
    const { id, revision } = await json<{ id: string; revision: number }>(send('POST', `/w/${workspace}/flows`, { document: flow }));
    await send('POST', `/w/${workspace}/flows/${id}/publish`, { revision });
    const { runId } = await json<{ runId: string }>(send('POST', `/w/${workspace}/flows/${id}/runs`, { payload: {} }));
    const run = await finished(async () => json<RunState>(send('GET', `/w/${workspace}/runs/${runId}`)));
    if (run.status !== 'succeeded') throw new Error(`The run is ${run.status}: ${run.error?.message}`);
    // Before the file is fetched, which is not the stream's work.
    const peakRssMb = server.peakMb();
    const file = await send('GET', `/w/${workspace}/files/${output}`);
    return { ms: run.durationMs ?? Number.NaN, peakRssMb, progress: run.progress[0]!, output: new Uint8Array(await file.arrayBuffer()) };
  } finally {
    await server.stop();
    await rm(data, { recursive: true, force: true });
  }
}

type Send = (method: string, path: string, body?: unknown) => Promise<Response>;

async function signIn(printed: string): Promise<{ send: Send; workspace: string }> {
  const url = /Weft is ready at (\S+)/.exec(printed)?.[1] ?? '';
  const token = /\/setup\?token=(\S+)/.exec(printed)?.[1];
  let cookie = '';
  const send: Send = async (method, path, body) => {
    const isFile = body instanceof Blob;
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { origin: url, cookie, ...(body !== undefined && !isFile && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: isFile ? body : JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0]);
    if (cookies.length > 0) cookie = cookies.join('; ');
    return response;
  };
  const person = { name: 'Bench', email: 'bench@example.com', password: 'a long enough password', workspace: 'Bench', token };
  const { workspaces } = await json<{ workspaces: { id: string }[] }>(send('POST', '/setup', person));
  return { send, workspace: workspaces[0]?.id ?? '' };
}

// The shapes are those of the server's contract.
const json = async <T>(response: Promise<Response>): Promise<T> => (await (await response).json()) as T;

async function finished(look: () => Promise<RunState>): Promise<RunState> {
  for (;;) {
    const run = await look();
    if (run.status !== 'queued' && run.status !== 'running') return run;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
