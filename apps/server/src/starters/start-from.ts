import type { FlowDocument } from '@weft/flow';
import type { Workspace } from '@weft/api';
import { Refused, notFound } from '../refused.ts';
import { type Act, onlyOnce } from '../stores/audit/act.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import type { FileStore } from '../stores/files/file-store.ts';
import { type Starter, StarterUnavailable } from './index.ts';

export interface StartFromOptions {
  starters: readonly Starter[];
  files: FileStore;
  connections: ConnectionStore;
}

/** Makes what a starter needs in the workspace and gives its flow. Each has a commit of its own: a repeat finds what is there and makes the rest. */
export async function startFrom({ starters, files, connections }: StartFromOptions, act: Act, workspace: Workspace, id: string): Promise<FlowDocument> {
  const starter = starters.find((known) => known.id === id);
  if (!starter) throw notFound('This starter');
  try {
    return await starter.create({
      practiceUrl: workspace.practiceUrl,
      async provideFile(name, bytes) {
        if (!(await files.find(workspace.id, name))) await files.upload(act.actorId, workspace.id, name, { announcedBytes: bytes.byteLength, chunks: [bytes] });
      },
      async provideConnection(wanted) {
        const known = await connections.list(workspace.id);
        const same = known.find(({ title, connector }) => title === wanted.title && connector === wanted.connector);
        return (same ?? (await connections.create(onlyOnce(act.actorId), workspace.id, { ...wanted, credentials: {} }))).id;
      },
    });
  } catch (error) {
    if (error instanceof StarterUnavailable) throw new Refused(409, 'starter.unavailable', error.message, { cause: error });
    throw error;
  }
}
