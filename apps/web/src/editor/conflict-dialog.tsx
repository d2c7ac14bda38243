import { useTranslation } from 'react-i18next';
import { Button, Dialog, toast } from '../ui/index.ts';
import { keepMine } from './autosave.ts';
import { replaceFlow } from './commands/index.ts';
import { FlowChanges } from './flow-changes.tsx';
import { decideConflict, dispatch, draftOf, useEditor, useEditorView } from './state/index.ts';
import './dialog-words.ts';

/** Two people saved the same draft: what differs, and whose counts. Nothing is lost whatever is chosen. */
export function ConflictDialog() {
  const { t } = useTranslation('editor');
  const theirs = useEditor((state) => state.theirs);
  const mine = useEditor(draftOf);
  const isLater = useEditorView((state) => state.conflictLater);
  if (!theirs || isLater) return null;

  const takeTheirs = () => {
    useEditor.setState({ revision: theirs.revision, theirs: undefined, saveState: 'unsaved' });
    dispatch(replaceFlow(theirs.draft, t('conflict.theirs')));
    toast.success(t('conflict.taken'));
  };

  return (
    <Dialog
      open
      onClose={() => decideConflict(true)}
      dismissable={false}
      title={t('conflict.title')}
      description={t('conflict.text')}
      footer={
        <>
          <Button variant="ghost" onClick={() => decideConflict(true)}>
            {t('conflict.later')}
          </Button>
          <Button title={t('conflict.theirsHint')} onClick={takeTheirs}>
            {t('conflict.theirs')}
          </Button>
          <Button variant="primary" title={t('conflict.mineHint')} onClick={() => keepMine(theirs)}>
            {t('conflict.mine')}
          </Button>
        </>
      }
    >
      <FlowChanges before={theirs.draft} after={mine} same={t('conflict.same')} />
    </Dialog>
  );
}
