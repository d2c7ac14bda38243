import type { Step } from '@weft/flow';
import { useConnectors } from '../api/index.ts';
import { logicIcons } from '../canvas/step-icon.tsx';
import { ConnectorIcon } from '../ui/index.ts';

/** A step's icon, also on pages without an editor. */
export function RunStepIcon({ step, size = 14 }: { step: Step | undefined; size?: number }) {
  const { data: connectors } = useConnectors();
  if (step === undefined || step.kind === 'trigger' || step.kind === 'action') {
    const used = step?.use.connector;
    return <ConnectorIcon connector={connectors?.find(({ id }) => id === used)} size={size} />;
  }
  const Icon = logicIcons[step.kind];
  return <Icon aria-hidden="true" className="shrink-0" style={{ width: size, height: size }} />;
}
