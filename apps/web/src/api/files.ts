import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useAgain } from './again.ts';
import { call, urlOf } from './call.ts';
import { useWorkspaceId } from './workspace.ts';

export const fileKeys = {
  all: (workspace: string) => ['w', workspace, 'files'] as const,
  preview: (workspace: string, name: string) => ['w', workspace, 'files', 'preview', name] as const,
};

export function useFiles() {
  const workspace = useWorkspaceId();
  return useQuery({ queryKey: fileKeys.all(workspace), queryFn: ({ signal }) => call('GET /w/:workspace/files', { params: { workspace }, signal }) });
}

export function useFilePreview(name: string | null) {
  const workspace = useWorkspaceId();
  const again = useAgain();
  const preview = useQuery({
    queryKey: fileKeys.preview(workspace, name ?? ''),
    enabled: name !== null,
    queryFn: ({ signal }) => {
      const query = again.taken(name ?? '') ? ({ again: '1' } as const) : {};
      return call('GET /w/:workspace/files/:name/preview', { params: { workspace, name: name ?? '' }, query, signal });
    },
  });
  return { ...preview, tryAgain: () => again.wanted(name ?? '', preview.refetch) };
}

export function useDeleteFile() {
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => call('DELETE /w/:workspace/files/:name', { params: { workspace, name } }),
    onSuccess: () => client.invalidateQueries({ queryKey: fileKeys.all(workspace) }),
  });
}

/** Where a file's bytes are, for a download link. */
export const fileUrl = (workspace: string, name: string): string => urlOf('GET /w/:workspace/files/:name', { workspace, name });
