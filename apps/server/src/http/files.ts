import { type Connector, ConnectorError, type FileContext, type FileTables } from '@weft/connector-sdk';
import { attachment } from '@weft/connector-sdk/author';
import { z } from 'zod';
import type { FileStore } from '../stores/files/file-store.ts';
import type { FilePreview, FileSummary } from '@weft/api';
import { nameIssue } from '../stores/files/name.ts';
import { invalid, notFound } from '../refused.ts';
import type { Guard } from '../watchdog/guard.ts';
import { defineRoutes } from './route.ts';

const previewBytes = 256 * 1024;
const previewRows = 200;

export interface FileRouteParts {
  files: FileStore;
  /** Some of them show files as tables. */
  connectors: readonly Connector[];
  guard: Guard;
}

export function fileRoutes({ files, connectors, guard }: FileRouteParts) {
  const tables = connectors.flatMap((connector) => connector.tables ?? []);

  function requireName(name: string): void {
    const issue = nameIssue(name);
    if (issue) throw invalid(issue, [{ path: ['name'], message: issue }]);
  }

  async function find(workspaceId: string, name: string): Promise<FileSummary> {
    requireName(name);
    const file = await files.find(workspaceId, name);
    if (!file) throw notFound('This file');
    return file;
  }

  return defineRoutes({
    'GET /w/:workspace/files': { policy: 'file.read', handler: async ({ workspace }) => files.list(workspace.id) },
    'PUT /w/:workspace/files/:name': {
      policy: 'file.edit',
      freeParams: ['name'],
      body: 'stream',
      async handler({ actor, workspace, params, body }) {
        requireName(params.name);
        return files.upload(actor.user.id, workspace.id, params.name, body);
      },
    },
    'GET /w/:workspace/files/:name': {
      policy: 'file.read',
      freeParams: ['name'],
      async handler({ workspace, params, request }) {
        requireName(params.name);
        // A HEAD request would leave an opened file open.
        const content = request.method === 'HEAD'
          ? { file: await find(workspace.id, params.name), bytes: null }
          : await files.content(workspace.id, params.name);
        if (!content) throw notFound('This file');
        const shortName = params.name.split('/').at(-1) ?? 'file';
        return new Response(content.bytes, {
          headers: {
            // Never shown by the browser as a page of ours, whatever is in it.
            'content-type': 'application/octet-stream',
            'content-disposition': attachment(shortName),
            'content-length': String(content.file.sizeBytes),
            'content-security-policy': "sandbox; default-src 'none'",
          },
        });
      },
    },
    'GET /w/:workspace/files/:name/preview': {
      policy: 'file.read',
      freeParams: ['name'],
      query: z.object({ again: z.literal('1').optional() }),
      async handler({ workspace, params, query, request }) {
        const file = await find(workspace.id, params.name);
        const ending = file.name.split('.').at(-1)?.toLowerCase() ?? '';
        const kind = tables.find(({ endings }) => endings.includes(ending));
        const lent = files.of(workspace.id);
        const context = { workspaceId: workspace.id, files: lent, signal: request.signal };
        const { name, sizeBytes, updatedAt } = file;
        const task = { kind: 'preview', workspaceId: workspace.id, subject: name, state: [sizeBytes, updatedAt], by: query.again ? 'again' : 'page' } as const;
        const table = kind && (await guard.during(task, () => tableOf(context, name, kind).finally(lent.ended)));
        if (table) return table;
        const bytes = await files.head(workspace.id, file, previewBytes);
        const cut = bytes.byteLength < file.sizeBytes;
        const text = textOf(bytes, cut);
        return { table: null, text, truncated: text !== null && cut };
      },
    },
    'DELETE /w/:workspace/files/:name': {
      policy: 'file.edit',
      freeParams: ['name'],
      async handler({ actor, workspace, params }) {
        requireName(params.name);
        if (!(await files.remove(actor.user.id, workspace.id, params.name))) throw notFound('This file');
        return null;
      },
    },
  });
}

async function tableOf(context: FileContext, name: string, tables: FileTables): Promise<FilePreview | null> {
  try {
    const { columns, rows, truncated } = await tables.read(context, name, { maxRows: previewRows });
    return { table: { columns, rows }, text: null, truncated };
  } catch (error) {
    if (error instanceof ConnectorError) return null;
    throw error;
  }
}

/** Null for what is no text. A cut may go through a character: up to three bytes at the end do not count. */
function textOf(bytes: Uint8Array, cut: boolean): string | null {
  // A mark in front says what two bytes stand for; without one it is UTF-8 or no text.
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  for (let drop = 0; drop <= (cut ? 3 : 0); drop += 1) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(0, bytes.byteLength - drop));
      return text.includes('\0') ? null : text;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return null;
}
