import { useTranslation } from 'react-i18next';
import { Notice } from '../ui/index.ts';
import { useEditor } from './state/index.ts';

/** Over the canvas while the server does not take the draft: why, and that nothing is lost. */
export function RefusalBar() {
  const { t } = useTranslation('editor');
  const refusal = useEditor((state) => state.refusal);
  if (refusal === undefined) return null;
  return (
    <Notice tone="danger" className="rounded-none border-b border-line px-4">
      {t('save.refusal', { reason: refusal })}
    </Notice>
  );
}
