import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DeadLetter, DeadLetterChoice } from '@weft/api';
import { call, urlOf } from './call.ts';
import { useWorkspaceId } from './workspace.ts';

/** Whose dead letters: of one run, or of all runs of a flow. */
export type LetterOwner = { run: string } | { flow: string };
type Status = DeadLetter['status'];

export const letterKeys = {
  all: (workspace: string) => ['w', workspace, 'dead-letters'] as const,
};

/** Newest first, a page at a time. */
export function useDeadLetters(owner: LetterOwner, query: { status: Status; cause?: string }) {
  const workspace = useWorkspaceId();
  return useInfiniteQuery({
    queryKey: [...letterKeys.all(workspace), owner, 'list', query],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const page = { ...query, cursor: pageParam ?? undefined };
      return 'run' in owner
        ? call('GET /w/:workspace/runs/:run/dead-letters', { params: { workspace, run: owner.run }, query: page, signal })
        : call('GET /w/:workspace/flows/:flow/dead-letters', { params: { workspace, flow: owner.flow }, query: page, signal });
    },
    getNextPageParam: (page) => page.next,
  });
}

/** How many there are, and in which ways they failed. */
export function useDeadLetterCauses(owner: LetterOwner, status: Status) {
  const workspace = useWorkspaceId();
  return useQuery({
    queryKey: [...letterKeys.all(workspace), owner, 'causes', status],
    queryFn: ({ signal }) =>
      'run' in owner
        ? call('GET /w/:workspace/runs/:run/dead-letters/causes', { params: { workspace, run: owner.run }, query: { status }, signal })
        : call('GET /w/:workspace/flows/:flow/dead-letters/causes', { params: { workspace, flow: owner.flow }, query: { status }, signal }),
  });
}

/** Does some again, in new runs. */
export function useReplayLetters(owner: LetterOwner) {
  const changed = useLettersChanged();
  const workspace = useWorkspaceId();
  return useMutation({
    meta: { ownError: true },
    mutationFn: (body: DeadLetterChoice) =>
      'run' in owner
        ? call('POST /w/:workspace/runs/:run/dead-letters/replay', { params: { workspace, run: owner.run }, body })
        : call('POST /w/:workspace/flows/:flow/dead-letters/replay', { params: { workspace, flow: owner.flow }, body }),
    onSettled: changed,
  });
}

export function useDiscardLetters(owner: LetterOwner) {
  const changed = useLettersChanged();
  const workspace = useWorkspaceId();
  return useMutation({
    mutationFn: (body: DeadLetterChoice) =>
      'run' in owner
        ? call('POST /w/:workspace/runs/:run/dead-letters/discard', { params: { workspace, run: owner.run }, body })
        : call('POST /w/:workspace/flows/:flow/dead-letters/discard', { params: { workspace, flow: owner.flow }, body }),
    onSettled: changed,
  });
}

/** Where they can be downloaded. */
export function lettersUrl(workspace: string, owner: LetterOwner, query: { format: 'ndjson' | 'csv'; status: Status }): string {
  return 'run' in owner
    ? urlOf('GET /w/:workspace/runs/:run/dead-letters/export', { workspace, run: owner.run }, query)
    : urlOf('GET /w/:workspace/flows/:flow/dead-letters/export', { workspace, flow: owner.flow }, query);
}

function useLettersChanged(): () => void {
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: letterKeys.all(workspace) });
    // Runs and lists of them say how many they have left.
    void client.invalidateQueries({ queryKey: ['w', workspace, 'runs'] });
  };
}
