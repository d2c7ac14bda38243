import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Json } from '@weft/json-schema';
import { call } from './call.ts';
import { useWorkspaceId } from './workspace.ts';

export const approvalKeys = {
  all: (workspace: string) => ['w', workspace, 'approvals'] as const,
  list: (workspace: string, status: 'open' | 'decided') => ['w', workspace, 'approvals', status] as const,
  ofRun: (workspace: string, run: string) => ['w', workspace, 'approvals', 'run', run] as const,
  count: (workspace: string) => ['w', workspace, 'approvals', 'count'] as const,
};

/** The newest first, a page at a time. */
export function useApprovals(status: 'open' | 'decided') {
  const workspace = useWorkspaceId();
  return useInfiniteQuery({
    queryKey: approvalKeys.list(workspace, status),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call('GET /w/:workspace/approvals', { params: { workspace }, query: { status, cursor: pageParam ?? undefined }, signal }),
    getNextPageParam: (page) => page.next,
  });
}

/** What one run has asked. */
export function useRunApprovals(run: string) {
  const workspace = useWorkspaceId();
  return useQuery({
    queryKey: approvalKeys.ofRun(workspace, run),
    queryFn: ({ signal }) => call('GET /w/:workspace/approvals', { params: { workspace }, query: { run }, signal }),
  });
}

/** How many approvals wait for whoever is signed in. */
export function useOpenApprovals(workspace: string) {
  return useQuery({
    queryKey: approvalKeys.count(workspace),
    queryFn: ({ signal }) => call('GET /w/:workspace/approvals/count', { params: { workspace }, signal }),
  });
}

export function useDecide() {
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  return useMutation({
    meta: { ownError: true },
    mutationFn: ({ approval, approved, comment }: { approval: string; approved: boolean; comment: string }) =>
      call('POST /w/:workspace/approvals/:approval/decide', { params: { workspace, approval }, body: { approved, comment } }),
    onSettled: () => client.invalidateQueries({ queryKey: approvalKeys.all(workspace) }),
  });
}

/** Ends a wait by hand; with a payload as its signal would. */
export function useEndWait() {
  const workspace = useWorkspaceId();
  return useMutation({
    meta: { ownError: true },
    mutationFn: ({ run, stepKey, payload }: { run: string; stepKey: string; payload?: Json }) =>
      call('POST /w/:workspace/runs/:run/end-wait', { params: { workspace, run }, body: { stepKey, payload } }),
  });
}

/** Everybody who works in the workspace. */
export function usePeople() {
  const workspace = useWorkspaceId();
  return useQuery({ queryKey: ['w', workspace, 'people'], queryFn: ({ signal }) => call('GET /w/:workspace/people', { params: { workspace }, signal }) });
}
