import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { BodyOf } from '@weft/api';
import { call } from './call.ts';
import { flowKeys } from './flows.ts';
import { useWorkspaceId } from './workspace.ts';

type Range = BodyOf<'POST /w/:workspace/flows/:flow/backfills'>;

export const triggerKeys = {
  all: (workspace: string, flow: string) => [...flowKeys.one(workspace, flow), 'trigger'] as const,
  state: (workspace: string, flow: string) => [...triggerKeys.all(workspace, flow), 'state'] as const,
  backfills: (workspace: string, flow: string) => [...triggerKeys.all(workspace, flow), 'backfills'] as const,
};

/** What the published flow's trigger does by itself; null where it waits to be called. */
export function useTriggerState(flow: string) {
  const workspace = useWorkspaceId();
  return useQuery({
    queryKey: triggerKeys.state(workspace, flow),
    // Nothing to tell answers with an empty body.
    queryFn: async ({ signal }) => (await call('GET /w/:workspace/flows/:flow/trigger', { params: { workspace, flow }, signal })) ?? null,
  });
}

export function usePollNow(flow: string) {
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call('POST /w/:workspace/flows/:flow/poll', { params: { workspace, flow } }),
    onSuccess: (state) => client.setQueryData(triggerKeys.state(workspace, flow), state),
  });
}

export function useBackfills(flow: string) {
  const workspace = useWorkspaceId();
  return useQuery({
    queryKey: triggerKeys.backfills(workspace, flow),
    queryFn: ({ signal }) => call('GET /w/:workspace/flows/:flow/backfills', { params: { workspace, flow }, signal }),
  });
}

/** What a range would start; asked again whenever it changes. Null: nothing is asked. */
export function useBackfillPreview(flow: string, range: Range | null) {
  const workspace = useWorkspaceId();
  return useQuery({
    queryKey: [...triggerKeys.all(workspace, flow), 'preview', range],
    enabled: range !== null,
    retry: false,
    queryFn: ({ signal }) => call('POST /w/:workspace/flows/:flow/backfills/preview', { params: { workspace, flow }, body: range ?? { from: '' }, signal }),
  });
}

export function useBeginBackfill(flow: string) {
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  return useMutation({
    meta: { ownError: true },
    mutationFn: (body: Range) => call('POST /w/:workspace/flows/:flow/backfills', { params: { workspace, flow }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: triggerKeys.backfills(workspace, flow) }),
  });
}

export function useStopBackfill(flow: string) {
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (backfill: string) => call('POST /w/:workspace/flows/:flow/backfills/:backfill/stop', { params: { workspace, flow, backfill } }),
    onSuccess: () => client.invalidateQueries({ queryKey: triggerKeys.backfills(workspace, flow) }),
  });
}
