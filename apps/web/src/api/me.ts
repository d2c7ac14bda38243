import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { BodyOf, Me } from '@weft/api';
import { call } from './call.ts';

export const meQuery = queryOptions({ queryKey: ['me'], queryFn: ({ signal }) => call('GET /me', { signal }), staleTime: 60_000 });
/** Whether somebody is signed in, for pages that also open to nobody. */
export const sessionQuery = queryOptions({ queryKey: ['session'], queryFn: ({ signal }) => call('GET /session', { signal }), staleTime: 0 });
const sessionsKey = ['me', 'sessions'];

export const useMe = () => useQuery(meQuery);

export function useClaim() {
  const client = useQueryClient();
  return useMutation({
    meta: { ownError: true },
    mutationFn: (body: BodyOf<'POST /setup'>) => call('POST /setup', { body }),
    onSuccess: (me) => client.setQueryData(meQuery.queryKey, me),
  });
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    meta: { ownError: true },
    mutationFn: (body: BodyOf<'POST /session'>) => call('POST /session', { body }),
    onSuccess: (me) => client.setQueryData(meQuery.queryKey, me),
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({ mutationFn: () => call('DELETE /session'), onSuccess: () => client.clear() });
}

export function useRename() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => call('PATCH /me', { body: { name } }),
    onSuccess: (me) => client.setQueryData(meQuery.queryKey, me),
  });
}

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    meta: { ownError: true },
    mutationFn: (body: BodyOf<'POST /me/password'>) => call('POST /me/password', { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionsKey }),
  });
}

export const useSessions = () => useQuery({ queryKey: sessionsKey, queryFn: ({ signal }) => call('GET /me/sessions', { signal }) });

/** One session by id, or every other one. */
export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (session: string | 'others') =>
      (session === 'others' ? call('DELETE /me/sessions') : call('DELETE /me/sessions/:session', { params: { session } })),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionsKey }),
  });
}

export function useCreateWorkspace() {
  const client = useQueryClient();
  return useMutation({
    meta: { ownError: true },
    mutationFn: (name: string) => call('POST /workspaces', { body: { name } }),
    onSuccess: (workspace) =>
      client.setQueryData(meQuery.queryKey, (me: Me | undefined) => me && { ...me, workspaces: [...me.workspaces, workspace] }),
  });
}

export function useRenameWorkspace() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ workspace, name }: { workspace: string; name: string }) => call('PATCH /workspaces/:workspace', { params: { workspace }, body: { name } }),
    onSuccess: () => client.invalidateQueries({ queryKey: meQuery.queryKey, exact: true }),
  });
}
