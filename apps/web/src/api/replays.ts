import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { BodyOf, QueryOf, ReplayVersion, RetryResult } from '@weft/api';
import { useState } from 'react';
import { call } from './call.ts';
import { rememberRun, runKeys } from './runs.ts';
import { useWorkspaceId } from './workspace.ts';

/** What replaying a run from this step on would do again. */
export function useReplayPreview(run: string, from: string, version: ReplayVersion) {
  const workspace = useWorkspaceId();
  return useQuery({
    queryKey: [...runKeys.one(workspace, run), 'replay', from, version],
    staleTime: 0,
    queryFn: ({ signal }) => call('GET /w/:workspace/runs/:run/replay', { params: { workspace, run }, query: { from, version }, signal }),
  });
}

export function useReplay(run: string) {
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<'POST /w/:workspace/runs/:run/replay'>) => call('POST /w/:workspace/runs/:run/replay', { params: { workspace, run }, body }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: runKeys.lists(workspace) });
      void client.invalidateQueries({ queryKey: runKeys.one(workspace, run) });
    },
  });
}

/** Failed runs that fit a filter. */
export function useRetryable(filter: QueryOf<'GET /w/:workspace/retries'>, enabled: boolean) {
  const workspace = useWorkspaceId();
  return useQuery({
    queryKey: ['w', workspace, 'retryable', filter],
    enabled,
    staleTime: 0,
    gcTime: 0,
    queryFn: ({ signal }) => call('GET /w/:workspace/retries', { params: { workspace }, query: filter, signal }),
  });
}

export interface RetryProgress {
  done: number;
  total: number;
  result: RetryResult;
  finished: boolean;
}

const runsPerCall = 25;

/** Retries runs a few at a time, so that it can be seen how far it is, and stopped in between. */
export function useRetryRuns() {
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  const [progress, setProgress] = useState<RetryProgress>();
  const mutation = useMutation({
    async mutationFn({ runs, ...how }: Omit<BodyOf<'POST /w/:workspace/retries'>, 'runs'> & { runs: readonly string[]; stopped: () => boolean }) {
      const { stopped, ...body } = how;
      const result: RetryResult = { started: [], skipped: [] };
      const show = (done: number, finished: boolean) => setProgress({ done, total: runs.length, result: { ...result }, finished });
      show(0, false);
      let at = 0;
      for (; at < runs.length && !stopped(); at += runsPerCall) {
        const part = await call('POST /w/:workspace/retries', { params: { workspace }, body: { ...body, runs: runs.slice(at, at + runsPerCall) } });
        result.started = [...result.started, ...part.started];
        result.skipped = [...result.skipped, ...part.skipped];
        show(Math.min(at + runsPerCall, runs.length), false);
      }
      show(Math.min(at, runs.length), true);
    },
    onSettled: () => client.invalidateQueries({ queryKey: runKeys.lists(workspace) }),
  });
  return { ...mutation, progress };
}

/** A run's name, and whether it is kept. */
export function useLabelRun() {
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ run, ...body }: BodyOf<'PATCH /w/:workspace/runs/:run'> & { run: string }) =>
      call('PATCH /w/:workspace/runs/:run', { params: { workspace, run }, body }),
    onSuccess: (run) => rememberRun(client, workspace, run),
  });
}
