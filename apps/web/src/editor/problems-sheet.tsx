import { CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyState, Sheet } from '../ui/index.ts';
import './dialog-words.ts';
import { FlowProblems } from './flow-problems.tsx';
import { openDialog, useEditor } from './state/index.ts';

/** All that is to be mended in the flow, beside the canvas. */
export function ProblemsSheet() {
  const { t } = useTranslation('editor');
  const problems = useEditor((state) => state.problems);
  return (
    <Sheet open onClose={() => openDialog(null)} title={t('problems.title')}>
      {problems.length === 0 ? (
        <EmptyState icon={<CircleCheck />} title={t('problems.none')} text={t('problems.noneText')} />
      ) : (
        <div className="p-5">
          <FlowProblems problems={problems} />
        </div>
      )}
    </Sheet>
  );
}
