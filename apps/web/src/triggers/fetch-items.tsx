import type { Json } from '@weft/json-schema';
import { Download } from 'lucide-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call, messageOf, useWorkspaceId } from '../api/index.ts';
import { useEditor } from '../editor/state/index.ts';
import { Button, Notice } from '../ui/index.ts';
import './words.ts';

/** Asks the source of the flow as it is on the canvas, and takes what it gives as samples. Starts nothing. */
export function FetchItems({ onFound }: { onFound: (outputs: Json[]) => void }) {
  const { t } = useTranslation('triggers');
  const workspace = useWorkspaceId();
  const flow = useEditor((state) => state.facts?.id);
  const fetching = useMutation({
    meta: { ownError: true },
    mutationFn: (id: string) =>
      call('POST /w/:workspace/flows/:flow/poll-sample', { params: { workspace, flow: id }, body: { document: useEditor.getState().document } }),
    onSuccess: ({ outputs }) => onFound(outputs),
  });
  return (
    <>
      <Button
        size="sm"
        icon={<Download />}
        loading={fetching.isPending}
        disabled={flow === undefined}
        onClick={() => flow !== undefined && fetching.mutate(flow)}
      >
        {t('sample.fetch')}
      </Button>
      {fetching.isError && (
        <Notice tone="danger" className="w-full">
          {messageOf(fetching.error)}
        </Notice>
      )}
      {fetching.data?.outputs.length === 0 && <Notice className="w-full">{t('sample.none')}</Notice>}
    </>
  );
}
