import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import type { BodyOf } from '@weft/api';
import { call } from './call.ts';
import { useWorkspaceId } from './workspace.ts';

/** Descriptors never change while the server runs. */
export const connectorsQuery = queryOptions({
  queryKey: ['connectors'],
  queryFn: ({ signal }) => call('GET /connectors', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

export const useConnectors = () => useQuery(connectorsQuery);

/** What is known of a connector beside its descriptor. */
export const useConnectorFacts = (connector: string) =>
  useQuery({
    queryKey: ['connectors', connector],
    queryFn: ({ signal }) => call('GET /connectors/:connector', { params: { connector }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** An operation on synthetic data; nothing goes out. */
export function useTryOut() {
  const workspace = useWorkspaceId();
  return useMutation({ mutationFn: (body: BodyOf<'POST /w/:workspace/try'>) => call('POST /w/:workspace/try', { params: { workspace }, body }) });
}

export const useStarters = (enabled = true) =>
  useQuery({ queryKey: ['starters'], enabled, queryFn: ({ signal }) => call('GET /starters', { signal }), staleTime: Number.POSITIVE_INFINITY });
