import { triggerOf } from '@weft/flow';
import { useMutation } from '@tanstack/react-query';
import { Rocket } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '@weft/json-schema';
import { call, useWorkspaceId } from '../api/index.ts';
import { beginRun, useEditor } from '../editor/state/index.ts';
import { Button, ConfirmDialog, toast } from '../ui/index.ts';
import { chosenPayload, releaseRun, showTab, usePanel } from './panel-state.ts';
import { usualSample } from './payload.ts';
import './words.ts';

/** Starts the published version of a flow that is started by hand; nothing for other flows. */
export function StartLive() {
  const { t } = useTranslation('run-panel');
  const workspace = useWorkspaceId();
  const flow = useEditor(({ facts }) => facts?.id);
  const published = useEditor(({ facts }) => facts?.published?.number);
  const changed = useEditor(({ facts }) => facts?.unpublishedChanges === true);
  const byHand = useEditor(({ document, catalogue }) => {
    const trigger = triggerOf(document)?.step;
    return trigger?.kind === 'trigger' && catalogue.operation(trigger.use)?.trigger?.strategy === 'manual';
  });
  const [asking, setAsking] = useState(false);
  const start = useMutation({
    mutationFn: (id: string) => call('POST /w/:workspace/flows/:flow/runs', { params: { workspace, flow: id }, body: { payload: payloadNow() } }),
    onSuccess: ({ runId }) => {
      setAsking(false);
      showTab('run');
      releaseRun();
      beginRun(runId);
      toast.success(t('start.started'));
    },
  });
  if (!byHand || flow === undefined) return null;
  return (
    <>
      <Button
        size="sm"
        icon={<Rocket />}
        disabled={published === undefined}
        title={published === undefined ? t('start.unpublished') : t('start.hint')}
        onClick={() => setAsking(true)}
      >
        {t('start.button')}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('start.title')}
        text={changed ? t('start.draft', { number: published }) : t('start.hint')}
        confirmLabel={t('start.confirm')}
        loading={start.isPending}
        onConfirm={() => start.mutate(flow)}
      />
    </>
  );
}

/** What the panel shows as chosen; made-up data is for tests only. */
function payloadNow(): Json {
  const chosen = usePanel.getState().payload === undefined ? undefined : chosenPayload();
  if (chosen?.ok) return chosen.payload;
  const trigger = triggerOf(useEditor.getState().document)?.step;
  const index = usualSample(trigger);
  return (index === undefined ? undefined : trigger?.samples?.[index]?.output) ?? { body: {} };
}
