import type { Step } from '@weft/flow';
import { useConnectors } from '../api/index.ts';
import { viewOf } from '../step-kinds/step-kinds.ts';
import { ConnectorIcon } from '../ui/index.ts';

/** A step's icon, also on pages without an editor. */
export function RunStepIcon({ step, size = 14 }: { step: Step | undefined; size?: number }) {
  const { data: connectors } = useConnectors();
  const Icon = step && viewOf(step).Icon;
  if (Icon) return <Icon aria-hidden="true" className="shrink-0" style={{ width: size, height: size }} />;
  const used = step && 'use' in step ? step.use.connector : undefined;
  return <ConnectorIcon connector={connectors?.find(({ id }) => id === used)} size={size} />;
}
