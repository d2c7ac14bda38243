import type { Json } from '@weft/json-schema';
import { BookmarkPlus, Ellipsis, PanelRight, Pin, SkipForward } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton, Menu } from '../ui/index.ts';
import type { StepActions } from './step-actions.ts';
import './words.ts';

export interface StepToolsProps {
  stepId: string;
  title: string;
  output: Json | undefined;
  actions: StepActions | undefined;
}

export function StepTools({ stepId, title, output, actions }: StepToolsProps) {
  const { t } = useTranslation('run-panel');
  if (!actions?.has(stepId)) return null;
  return (
    <span className="flex items-center gap-1">
      <Button size="sm" icon={<SkipForward />} onClick={() => actions.runTo(stepId)}>
        {t('runTo')}
      </Button>
      <Menu
        trigger={<IconButton label={t('details.more', { title })} icon={<Ellipsis />} />}
        items={[
          { label: t('details.openStep'), icon: <PanelRight />, onSelect: () => actions.openStep(stepId) },
          {
            label: t('details.keepSample'),
            icon: <BookmarkPlus />,
            disabled: output === undefined,
            onSelect: () => output !== undefined && actions.keepOutput(stepId, output, false),
          },
          {
            label: t('details.pinOutput'),
            icon: <Pin />,
            disabled: output === undefined,
            onSelect: () => output !== undefined && actions.keepOutput(stepId, output, true),
          },
        ]}
      />
    </span>
  );
}
