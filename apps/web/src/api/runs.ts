import { useInfiniteQuery, useMutation, useQuery, useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import type { Page, QueryOf, RunDetail, RunSummary, StreamProgressView } from '@weft/api';
import { call } from './call.ts';
import { heardWhileReading, invalidateSoon } from './invalidate-soon.ts';
import { useWorkspaceId } from './workspace.ts';

type JournalEntry = RunDetail['entries'][number];

export type RunFilter = Omit<QueryOf<'GET /w/:workspace/runs'>, 'cursor'>;

export const runKeys = {
  /** Lists and single runs. */
  all: (workspace: string) => ['w', workspace, 'runs'] as const,
  lists: (workspace: string) => ['w', workspace, 'runs', 'list'] as const,
  list: (workspace: string, filter: RunFilter) => ['w', workspace, 'runs', 'list', filter] as const,
  one: (workspace: string, run: string) => ['w', workspace, 'runs', run] as const,
};

/** History, newest first, a page at a time. */
export function useRuns(filter: RunFilter = {}) {
  const workspace = useWorkspaceId();
  return useInfiniteQuery({
    queryKey: runKeys.list(workspace, filter),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call('GET /w/:workspace/runs', { params: { workspace }, query: { ...filter, cursor: pageParam ?? undefined }, signal }),
    getNextPageParam: (page) => page.next,
  });
}

/** One run with its journal; kept true by `useLive`'s events. */
export function useRun(run: string | null) {
  const workspace = useWorkspaceId();
  return useQuery({
    queryKey: runKeys.one(workspace, run ?? ''),
    enabled: run !== null,
    queryFn: ({ signal }) => call('GET /w/:workspace/runs/:run', { params: { workspace, run: run ?? '' }, signal }),
  });
}

export function useCancelRun() {
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (run: string) => call('POST /w/:workspace/runs/:run/cancel', { params: { workspace, run } }),
    onSuccess: (run) => rememberRun(client, workspace, run),
  });
}

/** Starts the same payload again. */
export function useRunAgain() {
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (run: string) => call('POST /w/:workspace/runs/:run/again', { params: { workspace, run } }),
    onSuccess: () => client.invalidateQueries({ queryKey: runKeys.lists(workspace) }),
  });
}

/** A run that changed: every list that shows it, and the open run. A run no list knows makes the lists read again. */
export function rememberRun(client: QueryClient, workspace: string, run: RunSummary): void {
  let known = false;
  client.setQueriesData({ queryKey: runKeys.lists(workspace) }, (data: InfiniteData<Page<RunSummary>> | undefined) => {
    if (data?.pages.some((page) => page.items.some(({ id }) => id === run.id)) !== true) return data;
    known = true;
    return { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map((item) => (item.id === run.id ? run : item)) })) };
  });
  if (known) heardWhileReading(client, runKeys.lists(workspace));
  else invalidateSoon(client, runKeys.lists(workspace));
  heardWhileReading(client, runKeys.one(workspace, run.id));
  client.setQueryData(runKeys.one(workspace, run.id), (detail: RunDetail | undefined) => detail && { ...detail, ...run });
  // The end of a run brings what events do not carry: the answer, and the files it wrote.
  if (run.finishedAt !== null) invalidateSoon(client, runKeys.one(workspace, run.id));
}

/** How far a loop over a stream is; events may arrive late. */
export function rememberProgress(client: QueryClient, workspace: string, run: string, progress: StreamProgressView): void {
  heardWhileReading(client, runKeys.one(workspace, run));
  client.setQueryData(runKeys.one(workspace, run), (detail: RunDetail | undefined) => {
    if (detail === undefined) return detail;
    const known = detail.progress.find(({ stepKey }) => stepKey === progress.stepKey);
    if (known && Date.parse(known.at) > Date.parse(progress.at)) return detail;
    return { ...detail, progress: known ? detail.progress.map((one) => (one === known ? progress : one)) : [...detail.progress, progress] };
  });
}

/** More than this are not collected from events; the server answers with at most 2,000. */
const maxEntries = 2_500;

/** New facts of a run's journal; the same fact may arrive twice. */
export function rememberEntries(client: QueryClient, workspace: string, run: string, entries: JournalEntry[]): void {
  heardWhileReading(client, runKeys.one(workspace, run));
  const shown = client.getQueryData<RunDetail>(runKeys.one(workspace, run));
  // A long loop: the server chooses which entries are worth showing.
  if (shown !== undefined && shown.entries.length + entries.length > maxEntries) return invalidateSoon(client, runKeys.one(workspace, run));
  client.setQueryData(runKeys.one(workspace, run), (detail: RunDetail | undefined) => {
    if (detail === undefined) return detail;
    const known = knownKeys.get(detail.entries) ?? new Set(detail.entries.map(keyOf));
    const added = entries.filter((entry) => !known.has(keyOf(entry)));
    if (added.length === 0) return detail;
    const all = [...detail.entries, ...added];
    for (const entry of added) known.add(keyOf(entry));
    knownKeys.set(all, known);
    return { ...detail, entries: all };
  });
}

/** Keys of the entries in a list: a long loop adds to it twenty times a second. */
const knownKeys = new WeakMap<readonly JournalEntry[], Set<string>>();

const keyOf = (entry: JournalEntry): string => `${entry.stepKey}\0${entry.attempt}\0${entry.kind}`;
