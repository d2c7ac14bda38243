import { useTranslation } from 'react-i18next';
import { messageOf, useFetchVersion } from '../api/index.ts';
import { toast } from '../ui/index.ts';
import './dialog-words.ts';
import { replaceFlow } from './commands/index.ts';
import { dispatch, leaveVersion, openDialog } from './state/index.ts';

/** Makes an old version the draft, as an edit like any other: it is saved by itself, and undo brings the former draft back. */
export function useRestore(flowId: string): (number: number) => Promise<void> {
  const { t } = useTranslation('editor');
  const fetchVersion = useFetchVersion(flowId);
  return async (number) => {
    try {
      const version = await fetchVersion(number);
      leaveVersion();
      dispatch(replaceFlow(version, t('versions.restoreLabel', { number })));
      openDialog(null);
      toast.success(t('versions.restored', { number }));
    } catch (error) {
      toast.error(messageOf(error));
    }
  };
}
