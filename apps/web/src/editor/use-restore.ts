import { useTranslation } from 'react-i18next';
import { useQueryClient } from '@tanstack/react-query';
import { call, flowKeys, messageOf, useWorkspaceId } from '../api/index.ts';
import { toast } from '../ui/index.ts';
import { replaceFlow } from './commands/index.ts';
import { dispatch, leaveVersion, openDialog } from './state/index.ts';

/** Makes an old version the draft, as an edit like any other: it is saved by itself, and undo brings the former draft back. */
export function useRestore(flowId: string): (number: number) => Promise<void> {
  const { t } = useTranslation('editor');
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  return async (number) => {
    try {
      const version = await client.fetchQuery({
        queryKey: [...flowKeys.versions(workspace, flowId), number],
        staleTime: Number.POSITIVE_INFINITY,
        queryFn: () => call('GET /w/:workspace/flows/:flow/versions/:number', { params: { workspace, flow: flowId, number: String(number) } }),
      });
      leaveVersion();
      dispatch(replaceFlow(version, t('versions.restoreLabel', { number })));
      openDialog(null);
      toast.success(t('versions.restored', { number }));
    } catch (error) {
      toast.error(messageOf(error));
    }
  };
}
