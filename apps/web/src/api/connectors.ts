import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from './call.ts';

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

export const useStarters = (enabled = true) =>
  useQuery({ queryKey: ['starters'], enabled, queryFn: ({ signal }) => call('GET /starters', { signal }), staleTime: Number.POSITIVE_INFINITY });
