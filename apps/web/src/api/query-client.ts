import { MutationCache, QueryClient } from '@tanstack/react-query';
import { toast } from '../ui/index.ts';
import { ApiError, messageOf } from './api-error.ts';
import { connection } from './connection.ts';

declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: {
      /** The form shows the error itself; otherwise a toast does. */
      ownError?: boolean;
    };
  }
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => failures < 2 && (!(error instanceof ApiError) || error.status >= 500),
      // The banner and `connection` decide when to read again.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
  mutationCache: new MutationCache({
    onError: (error, _variables, _context, mutation) => {
      if (mutation.meta?.ownError !== true) toast.error(messageOf(error));
    },
  }),
});

connection.onRestored(() => void queryClient.invalidateQueries());
