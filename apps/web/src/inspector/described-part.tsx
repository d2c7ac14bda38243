import { ArrowRightLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { openMapper } from '../editor/state/index.ts';
import { Button } from '../ui/index.ts';
import type { OpenPart } from './logic/open-parts.ts';
import { OpenPartEditor } from './open-part-editor.tsx';
import './words.ts';

/** Below the fields of a part that was read: the mapper, and, out of the way, its description. */
export function DescribedPart({ stepId, part }: { stepId: string; part: OpenPart }) {
  const { t } = useTranslation('inspector');
  return (
    <div className="flex min-w-0 flex-col items-start gap-2">
      <Button size="sm" icon={<ArrowRightLeft />} onClick={() => openMapper(stepId, { target: part.path })}>
        {t('openMapper')}
      </Button>
      <details className="w-full min-w-0">
        <summary className="cursor-pointer py-1 text-xs text-muted select-none">{t('open.byHand')}</summary>
        <div className="pt-1">
          <OpenPartEditor stepId={stepId} part={part} inMapper />
        </div>
      </details>
    </div>
  );
}
