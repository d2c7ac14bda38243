import { Link } from '@tanstack/react-router';
import { ReactFlowProvider } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { ApiError, messageOf, useWorkspaceId } from '../api/index.ts';
import { buttonClass, ErrorState, LoadingRegion } from '../ui/index.ts';
import { EditorFrame } from './editor-frame.tsx';
import { useArrival } from './use-arrival.ts';
import { useLoadedFlow } from './use-loaded-flow.ts';

export interface EditorPageProps {
  flowId: string;
  /** The run that one came from. */
  run?: string | undefined;
}

/** The editor of one flow. */
export function EditorPage({ flowId, run }: EditorPageProps) {
  const { t } = useTranslation('editor');
  const workspace = useWorkspaceId();
  const { loading, retry } = useLoadedFlow(flowId);
  useArrival(run, loading.status === 'ready');
  if (loading.status === 'loading') return <LoadingRegion />;
  if (loading.status === 'failed') {
    const isMissing = loading.error instanceof ApiError && loading.error.status === 404;
    const home = (
      <Link to="/w/$workspace/flows" params={{ workspace }} className={buttonClass()}>
        {t('failed.home')}
      </Link>
    );
    return (
      <main className="flex min-h-0 flex-1 flex-col bg-surface">
        <ErrorState
          heading="h1"
          title={t('failed.title')}
          text={isMissing ? t('failed.missing') : messageOf(loading.error)}
          {...(isMissing ? { action: home } : { retry })}
        />
      </main>
    );
  }
  return (
    <ReactFlowProvider>
      <EditorFrame flowId={flowId} />
    </ReactFlowProvider>
  );
}
