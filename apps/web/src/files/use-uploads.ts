import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { fileKeys, messageOf, upload, useWorkspaceId } from '../api/index.ts';
import { toast } from '../ui/index.ts';

export interface Upload {
  id: number;
  name: string;
  /** 0 … 1. */
  part: number;
  cancel: () => void;
}

let last = 0;

/** Files on their way to the server. Each disappears from the list when it has arrived, failed or was cancelled. */
export function useUploads(): { uploads: Upload[]; start: (files: File[]) => void } {
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  const [uploads, setUploads] = useState<Upload[]>([]);

  const send = useCallback(
    async (file: File) => {
      const id = (last += 1);
      const abort = new AbortController();
      setUploads((all) => [...all, { id, name: file.name, part: 0, cancel: () => abort.abort() }]);
      try {
        await upload({
          workspace,
          file,
          signal: abort.signal,
          onProgress: (part) => setUploads((all) => all.map((one) => (one.id === id ? { ...one, part } : one))),
        });
      } catch (error) {
        if (!(error instanceof DOMException && error.name === 'AbortError')) toast.error(`${file.name}: ${messageOf(error)}`);
      }
      await client.invalidateQueries({ queryKey: fileKeys.all(workspace) });
      setUploads((all) => all.filter((one) => one.id !== id));
    },
    [client, workspace],
  );

  return { uploads, start: useCallback((files: File[]) => files.forEach((file) => void send(file)), [send]) };
}
