import { useQueryClient } from '@tanstack/react-query';
import { callableFlowsQuery, useWorkspaceId } from '../api/index.ts';

/** Says after a flow was switched off which others call it. */
export function useSwitchedOff(): (flow: string) => Promise<void> {
  const client = useQueryClient();
  const workspace = useWorkspaceId();
  return async (flow) => {
    // An opening editor does without what is said here.
    const [flows, { tellCallers }] = await Promise.all([client.fetchQuery(callableFlowsQuery(workspace)), import('./tell-callers.ts')]);
    tellCallers(flows, flow);
  };
}
