import { create } from 'zustand';
import { ConfirmDialog, type ConfirmDialogProps } from './confirm-dialog.tsx';

type Question = Pick<ConfirmDialogProps, 'title' | 'text' | 'confirmLabel' | 'danger'>;

const useQuestion = create<{ asked: (Question & { answer: (yes: boolean) => void }) | null }>()(() => ({ asked: null }));

/** Asks in a dialog, for work that is under way and has no component of its own. A second question answers the first with no. */
export function ask(question: Question): Promise<boolean> {
  useQuestion.getState().asked?.answer(false);
  return new Promise((resolve) => {
    const answer = (yes: boolean) => {
      useQuestion.setState({ asked: null });
      resolve(yes);
    };
    useQuestion.setState({ asked: { ...question, answer } });
  });
}

/** Where `ask` shows its question; once in the app. */
export function Questions() {
  const asked = useQuestion((state) => state.asked);
  if (!asked) return null;
  const { answer, ...question } = asked;
  return <ConfirmDialog open {...question} onClose={() => answer(false)} onConfirm={() => answer(true)} />;
}
