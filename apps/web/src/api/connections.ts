import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { BodyOf } from '@weft/api';
import { call } from './call.ts';
import { useWorkspaceId } from './workspace.ts';

const connectionKeys = { all: (workspace: string) => ['w', workspace, 'connections'] as const };

export function useConnections() {
  const workspace = useWorkspaceId();
  return useQuery({
    queryKey: connectionKeys.all(workspace),
    queryFn: ({ signal }) => call('GET /w/:workspace/connections', { params: { workspace }, signal }),
  });
}

export function useCreateConnection() {
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  return useMutation({
    meta: { ownError: true },
    mutationFn: (body: BodyOf<'POST /w/:workspace/connections'>) => call('POST /w/:workspace/connections', { params: { workspace }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: connectionKeys.all(workspace) }),
  });
}

export function useEditConnection() {
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  return useMutation({
    meta: { ownError: true },
    mutationFn: ({ connection, ...body }: BodyOf<'PATCH /w/:workspace/connections/:connection'> & { connection: string }) =>
      call('PATCH /w/:workspace/connections/:connection', { params: { workspace, connection }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: connectionKeys.all(workspace) }),
  });
}

export function useDeleteConnection() {
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (connection: string) => call('DELETE /w/:workspace/connections/:connection', { params: { workspace, connection } }),
    onSuccess: () => client.invalidateQueries({ queryKey: connectionKeys.all(workspace) }),
  });
}

/** Tries the credentials against the real service. */
export function useTestConnection() {
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  return useMutation({
    meta: { ownError: true },
    mutationFn: (connection: string) => call('POST /w/:workspace/connections/:connection/test', { params: { workspace, connection } }),
    onSettled: () => client.invalidateQueries({ queryKey: connectionKeys.all(workspace) }),
  });
}
