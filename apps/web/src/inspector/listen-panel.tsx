import type { Json } from '@weft/json-schema';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, messageOf, useLive, useWorkspaceId } from '../api/index.ts';
import { useEditor } from '../editor/state/index.ts';
import { Button, CopyButton, formatShortTime, Notice, Spinner } from '../ui/index.ts';
import './words.ts';

interface ListenPanelProps {
  onCaptured: (payload: Json) => void;
  onClose: () => void;
}

type State = { status: 'starting' } | { status: 'waiting'; url: string; until: string } | { status: 'failed'; message: string };

/** Waits for the next call to the flow's webhook and takes it as a sample. */
export function ListenPanel({ onCaptured, onClose }: ListenPanelProps) {
  const { t } = useTranslation('inspector');
  const workspace = useWorkspaceId();
  const flow = useEditor((state) => state.facts?.id);
  const saved = useEditor((state) => state.saveState === 'saved');
  const [state, setState] = useState<State>({ status: 'starting' });

  useEffect(() => {
    // The server listens at the path of the stored draft.
    if (flow === undefined || !saved) return;
    let gone = false;
    const params = { workspace, flow };
    call('POST /w/:workspace/flows/:flow/listen', { params }).then(
      ({ url, until }) => !gone && setState({ status: 'waiting', url, until }),
      (error: unknown) => !gone && setState({ status: 'failed', message: messageOf(error) }),
    );
    return () => {
      gone = true;
      call('DELETE /w/:workspace/flows/:flow/listen', { params }).catch((error: unknown) => console.info('Listening ends by itself.', error));
    };
  }, [workspace, flow, saved]);

  useLive((event) => {
    if (event.type === 'captured' && event.flowId === flow) onCaptured(event.payload);
  });

  if (state.status === 'failed') {
    return (
      <Notice tone="danger" action={<Button size="sm" onClick={onClose}>{t('close')}</Button>}>
        {state.message}
      </Notice>
    );
  }
  const curl = state.status === 'waiting' ? `curl -X POST '${state.url}' -H 'content-type: application/json' -d '{"hello":"world"}'` : '';
  return (
    <div className="flex flex-col gap-2 rounded-md border border-accent bg-accent-soft p-3">
      <p className="flex items-center gap-2 text-sm font-medium text-accent-text">
        <Spinner label={t('listen.waiting')} />
        {state.status === 'waiting' ? t('listen.until', { time: formatShortTime(state.until) }) : t('listen.starting')}
      </p>
      {state.status === 'waiting' && (
        <>
          <p className="text-xs text-muted">{t('listen.text')}</p>
          <div className="flex items-center gap-2 rounded-md border border-line bg-raised py-1 pr-1 pl-2">
            <code className="one-line flex-1 font-mono text-xs" title={state.url}>
              {state.url}
            </code>
            <CopyButton text={state.url} />
          </div>
          <div className="flex items-start gap-2 rounded-md border border-line bg-raised py-1 pr-1 pl-2">
            <code className="min-w-0 flex-1 py-1 font-mono text-xs break-all">{curl}</code>
            <CopyButton text={curl} />
          </div>
        </>
      )}
      <Button size="sm" className="self-start" onClick={onClose}>
        {t('listen.stop')}
      </Button>
    </div>
  );
}
