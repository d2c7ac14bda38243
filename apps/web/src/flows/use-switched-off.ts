import { useQueryClient } from '@tanstack/react-query';
import { callersQuery, useWorkspaceId } from '../api/index.ts';

/** Says after a flow was switched off which others call it. */
export function useSwitchedOff(): (flow: string) => Promise<void> {
  const client = useQueryClient();
  const workspace = useWorkspaceId();
  return async (flow) => {
    // An opening editor does without what is said here.
    const [callers, { tellCallers }] = await Promise.all([client.fetchQuery(callersQuery(workspace, flow)), import('./tell-callers.ts')]);
    tellCallers(callers);
  };
}
