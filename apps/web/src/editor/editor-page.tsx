import { ReactFlowProvider } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { ApiError, messageOf } from '../api/index.ts';
import { ErrorState, LoadingRegion } from '../ui/index.ts';
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
  const { loading, retry } = useLoadedFlow(flowId);
  useArrival(run, loading.status === 'ready');
  if (loading.status === 'loading') return <LoadingRegion />;
  if (loading.status === 'failed') {
    const isMissing = loading.error instanceof ApiError && loading.error.status === 404;
    return <ErrorState title={t('failed.title')} text={isMissing ? t('failed.missing') : messageOf(loading.error)} retry={retry} />;
  }
  return (
    <ReactFlowProvider>
      <EditorFrame flowId={flowId} />
    </ReactFlowProvider>
  );
}
