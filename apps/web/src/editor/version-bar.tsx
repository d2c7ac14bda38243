import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/index.ts';
import './dialog-words.ts';
import { leaveVersion, useEditor } from './state/index.ts';
import { useRestore } from './use-restore.ts';

/** Over the canvas while an old version is on it. */
export function VersionBar({ flowId }: { flowId: string }) {
  const { t } = useTranslation('editor');
  const shelved = useEditor((state) => state.shelved);
  const restore = useRestore(flowId);
  if (!shelved) return null;
  const number = Number(shelved.title);
  return (
    <output className="flex min-h-11 items-center gap-3 border-b border-line bg-accent-soft px-4 text-sm text-accent-text">
      <span className="font-medium">{t('versions.comparing', { number })}</span>
      <span>{t(Object.keys({ ...shelved.marks.steps, ...shelved.marks.edges }).length === 0 ? 'versions.noChanges' : 'versions.legend')}</span>
      <span className="ml-auto flex gap-2">
        <Button size="sm" icon={<ArrowLeft />} onClick={leaveVersion}>
          {t('versions.back')}
        </Button>
        <Button size="sm" variant="primary" onClick={() => void restore(number)}>
          {t('versions.restore')}
        </Button>
      </span>
    </output>
  );
}
