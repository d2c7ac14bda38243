import type { Json } from '@weft/json-schema';
import { call, messageOf } from '../api/index.ts';
import { i18n } from '../locales/i18n.ts';
import { chosenPayload, releaseRun, showAside, showTab } from '../run-panel/panel-state.ts';
import { toast } from '../ui/index.ts';
import { beginRun, flowToTest, openRunPanel, testForReal, useEditor } from './state/index.ts';

/**
 * Runs the draft as it is on the canvas, from its trigger. Without a payload that is what was chosen in the run
 * panel, else the trigger's pinned or first sample, else a made-up one. Steps that act outside are asked about first. @param until - the last step that runs.
 */
export async function startTestRun({ payload, until }: { payload?: Json; until?: string } = {}): Promise<string | undefined> {
  const { facts, workspace, readOnly } = useEditor.getState();
  if (!facts || readOnly) return undefined;
  openRunPanel();
  showTab('run');
  const chosen = payload === undefined ? chosenPayload() : undefined;
  if (chosen?.ok === false) {
    showAside('payload');
    toast.error(i18n.t('editor:testUnusable'));
    return undefined;
  }
  const flow = await flowToTest(until);
  if (!flow) return undefined;
  const { document, sampled } = flow;
  try {
    const { runId } = await call('POST /w/:workspace/flows/:flow/test-run', {
      params: { workspace, flow: facts.id },
      body: { document, payload: payload ?? chosen?.payload ?? (await usualPayload()), until },
    });
    releaseRun();
    beginRun(runId);
    if (sampled.length > 0) tellSampled(sampled, () => void startTestRun({ payload, until }));
    return runId;
  } catch (error) {
    toast.error(messageOf(error));
    return undefined;
  }
}

/** Nobody shall believe that something was sent; the way back to the real thing is here. */
function tellSampled(stepIds: readonly string[], again: () => void): void {
  const title = useEditor.getState().document.steps[stepIds[0] ?? '']?.title ?? '';
  toast.message(i18n.t('editor:beforeTest.sampled', { count: stepIds.length, title }), {
    action: {
      label: i18n.t('editor:beforeTest.again'),
      onClick: () => {
        testForReal(stepIds);
        again();
      },
    },
  });
}

async function usualPayload(): Promise<Json> {
  const { samplePayload } = await import('./sample-payload.ts');
  const { document, catalogue } = useEditor.getState();
  return samplePayload(document, catalogue);
}
