import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { BodyOf } from '@weft/api';
import { call } from './call.ts';

const settingsKey = ['settings'];

/** Settings of the whole installation; administrators only. */
export const useSettings = (enabled = true) => useQuery({ queryKey: settingsKey, enabled, queryFn: ({ signal }) => call('GET /settings', { signal }) });

export function useSaveSettings() {
  const client = useQueryClient();
  return useMutation({
    meta: { ownError: true },
    mutationFn: (body: BodyOf<'PATCH /settings'>) => call('PATCH /settings', { body }),
    onSuccess: (settings) => {
      client.setQueryData(settingsKey, settings);
      // The address of the practice service is part of it.
      void client.invalidateQueries({ queryKey: ['me'], exact: true });
    },
  });
}
