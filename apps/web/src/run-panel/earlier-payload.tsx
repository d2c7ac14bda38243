import type { RunSummary } from '@weft/api';
import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { call, messageOf, useWorkspaceId } from '../api/index.ts';
import { IconButton, toast } from '../ui/index.ts';
import { HistoryTab } from './history-tab.tsx';
import { choosePayload, showAside } from './panel-state.ts';
import './words.ts';

/** Past runs, to take the data of one of them. */
export function EarlierPayload({ flowId }: { flowId: string }) {
  const { t } = useTranslation('run-panel');
  const workspace = useWorkspaceId();
  const take = async ({ id, createdAt }: RunSummary) => {
    try {
      const { payload } = await call('GET /w/:workspace/runs/:run', { params: { workspace, run: id } });
      choosePayload({ kind: 'run', runId: id, startedAt: createdAt, payload });
      showAside('payload');
    } catch (error) {
      toast.error(messageOf(error));
    }
  };
  return (
    <section aria-label={t('payload.choose')} className="flex min-h-0 flex-1 flex-col">
      <header className="flex h-9 shrink-0 items-center gap-1 border-b border-line px-2">
        <IconButton label={t('payload.back')} icon={<ArrowLeft />} onClick={() => showAside('details')} />
        <h2 className="text-sm font-semibold">{t('payload.choose')}</h2>
      </header>
      <div className="min-h-0 flex-1">
        <HistoryTab flowId={flowId} shown={null} openLabel={t('history.use')} onOpen={(run) => void take(run)} />
      </div>
    </section>
  );
}
