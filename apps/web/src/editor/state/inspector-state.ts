import { create } from 'zustand';

export type InspectorTab = 'setup' | 'map' | 'test' | 'options';

interface InspectorState {
  tab: InspectorTab;
  /** The mapper that is open over the canvas: its step, and what it begins with. */
  mapping: { stepId: string; at?: MapperPlace } | null;
  /** What shall get the focus once the open step is drawn: its first setting, or the first one with something wrong. */
  focus: 'setting' | 'error' | null;
}

/** Where a mapper begins: the target of a rule, or one that nothing is mapped to yet. */
export type MapperPlace = { ruleId: string } | { target: readonly string[] };

/** Which part of the inspector is in view; kept while one steps from node to node. */
export const useInspector = create<InspectorState>()(() => ({ tab: 'setup', mapping: null, focus: null }));

export const showInspectorTab = (tab: InspectorTab): void => useInspector.setState({ tab });
export const openMapper = (stepId: string, at?: MapperPlace): void => useInspector.setState({ mapping: { stepId, at } });
export const closeMapper = (): void => useInspector.setState({ mapping: null });
export const drawAttention = (): void => useInspector.setState({ focus: 'error' });
export const enterSettings = (): void => useInspector.setState({ focus: 'setting' });
