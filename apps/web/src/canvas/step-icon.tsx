import type { Step, StepKind } from '@weft/flow';
import { CircleStop, Funnel, Hourglass, Repeat, Reply, Spline, Split, UserCheck, Workflow, type LucideIcon } from 'lucide-react';
import { useEditor } from '../editor/state/index.ts';
import { ConnectorIcon } from '../ui/index.ts';

/** The logic steps, which no connector brings along. */
export const logicIcons: Record<Exclude<StepKind, 'trigger' | 'action'>, LucideIcon> = {
  transform: Spline,
  filter: Funnel,
  branch: Split,
  forEach: Repeat,
  respond: Reply,
  wait: Hourglass,
  approval: UserCheck,
  subflow: Workflow,
  stop: CircleStop,
};

export function StepIcon({ step, size = 18 }: { step: Step; size?: number }) {
  const connector = useEditor(({ catalogue }) => ('use' in step ? catalogue.connector(step.use) : undefined));
  if (step.kind === 'trigger' || step.kind === 'action') return <ConnectorIcon connector={connector} size={size} />;
  const Icon = logicIcons[step.kind];
  return <Icon aria-hidden="true" style={{ width: size, height: size }} />;
}
