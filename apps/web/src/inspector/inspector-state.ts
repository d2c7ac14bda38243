import { create } from 'zustand';

export type InspectorTab = 'setup' | 'map' | 'test' | 'options';

interface InspectorState {
  tab: InspectorTab;
  /** The step whose mapper is open over the canvas. */
  mapping: string | null;
}

/** Which part of the inspector is in view; kept while one steps from node to node. */
export const useInspector = create<InspectorState>()(() => ({ tab: 'setup', mapping: null }));

export const showTab = (tab: InspectorTab): void => useInspector.setState({ tab });
export const openMapper = (stepId: string): void => useInspector.setState({ mapping: stepId });
export const closeMapper = (): void => useInspector.setState({ mapping: null });
