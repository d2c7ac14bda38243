import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { BodyOf, Maintenance } from '@weft/api';
import { call } from './call.ts';

const maintenanceKey = ['maintenance'];

/** What is held back in the whole installation; administrators only. Counts are read again while nothing new begins. */
export const useMaintenance = () =>
  useQuery({
    queryKey: maintenanceKey,
    queryFn: ({ signal }) => call('GET /maintenance', { signal }),
    refetchInterval: ({ state }) => (state.data?.draining ? 2_000 : false),
  });

export function useDrain() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (draining: boolean) => call('PUT /maintenance/drain', { body: { draining } }),
    onSuccess: (maintenance: Maintenance) => client.setQueryData(maintenanceKey, maintenance),
  });
}

/** Switches a connector version off everywhere, or on again. */
export function useHoldConnector() {
  const client = useQueryClient();
  return useMutation({
    meta: { ownError: true },
    mutationFn: (body: BodyOf<'PUT /maintenance/connectors'>) => call('PUT /maintenance/connectors', { body }),
    onSuccess: (maintenance: Maintenance) => client.setQueryData(maintenanceKey, maintenance),
  });
}
