import {
  keepPreviousData, queryOptions, useInfiniteQuery, useMutation, useQuery, useQueryClient, type InfiniteData, type QueryClient,
} from '@tanstack/react-query';
import type { BodyOf, FlowDetail, FlowSummary, Page } from '@weft/api';
import { call } from './call.ts';
import { useWorkspaceId } from './workspace.ts';

export const flowKeys = {
  all: (workspace: string) => ['w', workspace, 'flows'] as const,
  list: (workspace: string) => ['w', workspace, 'flows', 'list'] as const,
  pages: (workspace: string) => ['w', workspace, 'flows', 'list', 'pages'] as const,
  one: (workspace: string, flow: string) => ['w', workspace, 'flows', flow] as const,
  versions: (workspace: string, flow: string) => ['w', workspace, 'flows', flow, 'versions'] as const,
  callable: (workspace: string) => ['w', workspace, 'flows', 'callable'] as const,
  rejections: (workspace: string, flow: string) => ['w', workspace, 'flows', flow, 'rejections'] as const,
};

const searched = (search: string) => (search.trim() === '' ? {} : { search });

/** Flows whose title holds the text, of a connector those that use it, page by page. */
export function useFlowPages(search: string, connector?: string) {
  const workspace = useWorkspaceId();
  return useInfiniteQuery({
    queryKey: [...flowKeys.pages(workspace), search, ...(connector === undefined ? [] : [connector])],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call('GET /w/:workspace/flows', { params: { workspace }, query: { ...searched(search), connector, cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** The first of them. */
export function useFoundFlows(search: string, enabled = true) {
  const workspace = useWorkspaceId();
  return useQuery({
    queryKey: [...flowKeys.list(workspace), 'found', search],
    enabled,
    queryFn: ({ signal }) => call('GET /w/:workspace/flows', { params: { workspace }, query: searched(search), signal }),
    placeholderData: keepPreviousData,
  });
}

/** Flows that a step may call. */
export function useCallableFlows(search: string) {
  const workspace = useWorkspaceId();
  return useQuery({
    queryKey: [...flowKeys.callable(workspace), 'choices', search],
    queryFn: ({ signal }) => call('GET /w/:workspace/callable-flows', { params: { workspace }, query: searched(search), signal }),
    placeholderData: keepPreviousData,
  });
}

/** More ids than this make an address too long. */
const maxIds = 200;

/** The flows of these ids as others call them, and all that they end up calling. */
export const calledFlowsQuery = (workspace: string, ids: readonly string[]) =>
  queryOptions({
    queryKey: [...flowKeys.callable(workspace), 'called', ids],
    async queryFn({ signal }) {
      const parts: string[][] = [];
      for (let at = 0; at < ids.length; at += maxIds) parts.push(ids.slice(at, at + maxIds));
      const found =
        await Promise.all(parts.map((part) => call('GET /w/:workspace/called-flows', { params: { workspace }, query: { ids: part.join(',') }, signal })));
      return [...new Map(found.flat().map((flow) => [flow.id, flow])).values()];
    },
  });

export function useCalledFlows(ids: readonly string[]) {
  return useQuery({ ...calledFlowsQuery(useWorkspaceId(), ids), enabled: ids.length > 0, placeholderData: keepPreviousData });
}

/** The flows that call one. */
export const callersQuery = (workspace: string, flow: string) =>
  queryOptions({
    queryKey: [...flowKeys.callable(workspace), 'callers', flow],
    queryFn: ({ signal }) => call('GET /w/:workspace/flows/:flow/callers', { params: { workspace, flow }, signal }),
  });

export const flowQuery = (workspace: string, flow: string) =>
  queryOptions({
    queryKey: flowKeys.one(workspace, flow),
    queryFn: ({ signal }) => call('GET /w/:workspace/flows/:flow', { params: { workspace, flow }, signal }),
  });

export function useFlowVersions(flow: string, enabled = true) {
  const workspace = useWorkspaceId();
  return useQuery({
    queryKey: flowKeys.versions(workspace, flow),
    enabled,
    queryFn: ({ signal }) => call('GET /w/:workspace/flows/:flow/versions', { params: { workspace, flow }, signal }),
  });
}

/** The document of one published version: it never changes. */
const versionQuery = (workspace: string, flow: string, number: number | null) =>
  queryOptions({
    queryKey: [...flowKeys.versions(workspace, flow), number],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => call('GET /w/:workspace/flows/:flow/versions/:number', { params: { workspace, flow, number: String(number) }, signal }),
  });

export function useFlowVersion(flow: string, number: number | null) {
  return useQuery({ ...versionQuery(useWorkspaceId(), flow, number), enabled: number !== null });
}

/** Fetches a version when it is wanted. */
export function useFetchVersion(flow: string) {
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  return (number: number) => client.fetchQuery(versionQuery(workspace, flow, number));
}

export function useRejections(flow: string, enabled = true) {
  const workspace = useWorkspaceId();
  return useQuery({
    queryKey: flowKeys.rejections(workspace, flow),
    enabled,
    queryFn: ({ signal }) => call('GET /w/:workspace/flows/:flow/rejections', { params: { workspace, flow }, signal }),
  });
}

/** From a title, a document (import) or a starter. */
export function useCreateFlow() {
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<'POST /w/:workspace/flows'>) => call('POST /w/:workspace/flows', { params: { workspace }, body }),
    onSuccess: (flow) => {
      rememberFlow(client, workspace, flow);
      // A starter may bring files and connections along.
      void client.invalidateQueries({ queryKey: ['w', workspace] });
    },
  });
}

export function useDuplicateFlow() {
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (flow: string) => call('POST /w/:workspace/flows/:flow/duplicate', { params: { workspace, flow } }),
    onSuccess: (flow) => rememberFlow(client, workspace, flow),
  });
}

export function useDeleteFlow() {
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (flow: string) => call('DELETE /w/:workspace/flows/:flow', { params: { workspace, flow } }),
    onSuccess: (_, flow) => {
      changeListed(client, workspace, (flows) => flows.filter(({ id }) => id !== flow));
      void client.invalidateQueries({ queryKey: flowKeys.list(workspace) });
      client.removeQueries({ queryKey: flowKeys.one(workspace, flow) });
    },
  });
}

/** On or off; shown at once, taken back when the server refuses. */
export function useSwitchFlow() {
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  const show = (flow: string, enabled: boolean) =>
    changeListed(client, workspace, (flows) => flows.map((one) => (one.id === flow ? { ...one, enabled } : one)));
  return useMutation({
    mutationFn: ({ flow, enabled }: { flow: string; enabled: boolean }) =>
      call('PATCH /w/:workspace/flows/:flow', { params: { workspace, flow }, body: { enabled } }),
    onMutate: ({ flow, enabled }) => show(flow, enabled),
    onError: (_error, { flow, enabled }) => show(flow, !enabled),
    onSuccess: (flow) => rememberFlow(client, workspace, flow),
  });
}

/** Paused it accepts calls and runs nothing; resumed it goes on where it was. */
export function usePauseFlow() {
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ flow, paused }: { flow: string; paused: boolean }) =>
      call('PATCH /w/:workspace/flows/:flow', { params: { workspace, flow }, body: { paused } }),
    onSuccess: (flow) => rememberFlow(client, workspace, flow),
  });
}

/** Cancels what waits in the flow's queue. */
export function useCancelQueue() {
  const workspace = useWorkspaceId();
  return useMutation({ mutationFn: (flow: string) => call('DELETE /w/:workspace/flows/:flow/queue', { params: { workspace, flow } }) });
}

export function usePublishFlow(flow: string) {
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  return useMutation({
    meta: { ownError: true },
    mutationFn: (body: BodyOf<'POST /w/:workspace/flows/:flow/publish'>) =>
      call('POST /w/:workspace/flows/:flow/publish', { params: { workspace, flow }, body }),
    onSuccess: (detail) => rememberFlow(client, workspace, detail),
  });
}

/** What lists show, changed at once. */
function changeListed(client: QueryClient, workspace: string, change: (flows: FlowSummary[]) => FlowSummary[]): void {
  client.setQueriesData({ queryKey: flowKeys.pages(workspace) }, (data: InfiniteData<Page<FlowSummary>> | undefined) =>
    data && { ...data, pages: data.pages.map((page) => ({ ...page, items: change(page.items) })) });
}

/** What a change answered stands in the cache at once; lists are read again. */
function rememberFlow(client: QueryClient, workspace: string, flow: FlowDetail): void {
  client.setQueryData(flowKeys.one(workspace, flow.id), flow);
  void client.invalidateQueries({ queryKey: flowKeys.list(workspace) });
  void client.invalidateQueries({ queryKey: flowKeys.versions(workspace, flow.id) });
  void client.invalidateQueries({ queryKey: flowKeys.callable(workspace) });
}
