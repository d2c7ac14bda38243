import { create } from 'zustand';

export type InspectorTab = 'setup' | 'map' | 'test' | 'options';

interface InspectorState {
  tab: InspectorTab;
  /** The mapper that is open over the canvas: its step, and what it begins with. */
  mapping: { stepId: string; at?: MapperPlace } | null;
  /** Rises when the first field with something wrong shall get the focus. */
  attention: number;
}

/** Where a mapper begins: the target of a rule, or one that nothing is mapped to yet. */
export type MapperPlace = { ruleId: string } | { target: readonly string[] };

/** Which part of the inspector is in view; kept while one steps from node to node. */
export const useInspector = create<InspectorState>()(() => ({ tab: 'setup', mapping: null, attention: 0 }));

export const showInspectorTab = (tab: InspectorTab): void => useInspector.setState({ tab });
export const openMapper = (stepId: string, at?: MapperPlace): void => useInspector.setState({ mapping: { stepId, at } });
export const closeMapper = (): void => useInspector.setState({ mapping: null });
export const drawAttention = (): void => useInspector.setState(({ attention }) => ({ attention: attention + 1 }));
