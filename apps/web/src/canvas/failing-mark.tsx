import type { TriggerStep } from '@weft/flow';
import { useTranslation } from 'react-i18next';
import { useTriggerState } from '../api/index.ts';
import { useEditor } from '../editor/state/index.ts';
import { Badge } from '../ui/index.ts';

/** Says on the trigger that the published flow does not start by itself at the moment, and why. */
export function FailingMark({ step }: { step: TriggerStep }) {
  const flow = useEditor(({ facts }) => facts?.id);
  const strategy = useEditor(({ catalogue }) => catalogue.operation(step.use)?.trigger?.strategy);
  const startsItself = strategy === 'polling' || strategy === 'schedule';
  return flow !== undefined && startsItself ? <Mark flow={flow} /> : null;
}

function Mark({ flow }: { flow: string }) {
  const { t } = useTranslation('canvas');
  const state = useTriggerState(flow).data;
  if (!state?.active || state.error === null) return null;
  return (
    <Badge tone="danger" title={state.error}>
      {t('failing')}
    </Badge>
  );
}
