import type { Step } from '@weft/flow';
import { useEditor } from '../editor/state/index.ts';
import { ConnectorIcon } from '../ui/index.ts';
import { viewOf } from './step-kinds.ts';

/** The icon of a step in the editor: its kind's own, or that of the connector it uses. */
export function StepIcon({ step, size = 18 }: { step: Step; size?: number }) {
  const connector = useEditor(({ catalogue }) => ('use' in step ? catalogue.connector(step.use) : undefined));
  const { Icon } = viewOf(step);
  return Icon ? <Icon aria-hidden="true" style={{ width: size, height: size }} /> : <ConnectorIcon connector={connector} size={size} />;
}
