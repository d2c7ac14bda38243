import { triggerOf } from '@weft/flow';
import type { Json } from '@weft/json-schema';
import { create } from 'zustand';
import { useEditor } from '../editor/state/index.ts';
import { parsePayload, type PayloadChoice } from './payload.ts';

export type PanelTab = 'run' | 'history' | 'letters' | 'rejected';

interface PanelState {
  /** Everything below belongs to this flow. */
  flowId: string | null;
  tab: PanelTab;
  /** The person looks into the shown run, so calls from outside do not take its place. */
  held: boolean;
  /** Record or item whose details are shown; null shows what matters most. */
  selected: string | null;
  /** The person chose it during this run, so a failure elsewhere does not take its place. */
  chosen: boolean;
  /** Undefined: the usual sample. */
  payload: PayloadChoice | undefined;
  pasted: string;
  /** What is right of the steps: their details, the data for the next run, or earlier runs to take data from. */
  aside: 'details' | 'payload' | 'earlier';
}

const fresh = { tab: 'run', held: false, selected: null, chosen: false, payload: undefined, pasted: '', aside: 'details' } as const;

/** What the run panel shows and will run next. Nothing here is part of the flow. */
export const usePanel = create<PanelState>()(() => ({ flowId: null, ...fresh }));

/** Begins anew for another flow; what was pasted for it in this browser tab is found again. */
export function enterFlow(flowId: string): void {
  if (usePanel.getState().flowId === flowId) return;
  const pasted = sessionStorage.getItem(pastedKey(flowId)) ?? '';
  usePanel.setState({ flowId, ...fresh, pasted });
}

export const showTab = (tab: PanelTab): void => usePanel.setState({ tab });
export const showAside = (aside: PanelState['aside']): void => usePanel.setState({ aside });
export const choosePayload = (payload: PayloadChoice | undefined): void => usePanel.setState({ payload });

/** Shows a step, an item, or with `''` the run as a whole; the run stays in the panel from now on. */
export const selectRecord = (selected: string): void => usePanel.setState({ selected, chosen: true, held: true, aside: 'details' });

/** Shows a step as long as nothing matters more, such as a failure elsewhere. */
export const suggestRecord = (selected: string): void => usePanel.setState({ selected, chosen: false });

/** Shows the run that a person opened until they ask for another one. */
export const holdRun = (): void => usePanel.setState({ held: true, tab: 'run', aside: 'details', selected: null, chosen: false });

/**
 * Another run is about to be shown. The step that was looked at stays, as one tends to try it again; so does the tab, which whoever
 * asks for a run turns to then, and not when the answer comes: the person may have turned to another one meanwhile.
 */
export const releaseRun = (): void => usePanel.setState({ held: false, chosen: false, aside: 'details' });

export function writePasted(pasted: string): void {
  const { flowId } = usePanel.getState();
  usePanel.setState({ pasted, payload: { kind: 'pasted' } });
  if (flowId !== null) sessionStorage.setItem(pastedKey(flowId), pasted);
}

/**
 * The data for the next test run of the flow in the editor.
 * @returns undefined for the usual sample; `ok: false` while what was pasted cannot be used.
 */
export function chosenPayload(): { ok: true; payload: Json } | { ok: false } | undefined {
  const { payload, pasted, flowId } = usePanel.getState();
  const { document, facts, catalogue } = useEditor.getState();
  if (payload === undefined || flowId !== facts?.id) return undefined;
  const trigger = triggerOf(document)?.step;
  switch (payload.kind) {
    case 'sample': {
      const sample = trigger?.samples?.[payload.index];
      return sample && { ok: true, payload: sample.output };
    }
    case 'pasted': {
      const parsed = parsePayload(pasted, trigger, catalogue);
      return parsed.ok ? parsed : { ok: false };
    }
    case 'run':
      return { ok: true, payload: payload.payload };
  }
}

const pastedKey = (flowId: string): string => `weft.pasted.${flowId}`;
