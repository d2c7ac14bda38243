import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { callableFlowsQuery, useWorkspaceId } from '../api/index.ts';
import { toast } from '../ui/index.ts';
import { callersOf, callersText } from './callers-of.tsx';

/** Says after a flow was switched off which others call it. */
export function useSwitchedOff(): (flow: string) => Promise<void> {
  const { t } = useTranslation('flows');
  const client = useQueryClient();
  const workspace = useWorkspaceId();
  return async (flow) => {
    const callers = callersOf(await client.fetchQuery(callableFlowsQuery(workspace)), flow);
    if (callers.length > 0) toast.warning(callersText(callers, t));
  };
}
