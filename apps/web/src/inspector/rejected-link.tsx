import { ShieldAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useRejections } from '../api/index.ts';
import { openRunPanel } from '../editor/state/index.ts';
import { enterFlow, showTab } from '../run-panel/panel-state.ts';
import { Button } from '../ui/index.ts';
import './words.ts';

/** Whoever sets up a sender learns here that its calls come and are turned away. */
export function RejectedLink({ flowId }: { flowId: string }) {
  const { t } = useTranslation('inspector');
  const count = useRejections(flowId).data?.length ?? 0;
  if (count === 0) return null;
  const show = () => {
    enterFlow(flowId);
    showTab('rejected');
    openRunPanel(true);
  };
  return (
    <Button size="sm" className="self-start" icon={<ShieldAlert />} onClick={show}>
      {t('rejected', { count })}
    </Button>
  );
}
