import { create } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { SourceRow } from './tree/source-tree.ts';

/** What the mapper shows; nothing of it is part of the flow, and it starts anew with each step. */
interface MapperState {
  stepId: string | null;
  view: 'lines' | 'list';
  /** Key of the target whose value is edited. */
  selected: string | null;
  /** The beginning of the next line: chosen by keyboard, or being dragged. */
  source: SourceRow | null;
  dragging: boolean;
  /** The source or target the mouse is over; its lines stand out. */
  hovered: string | null;
  /** Places that are not as they are at first (from: closed below the first level; to: open). */
  toggledSources: ReadonlySet<string>;
  toggledTargets: ReadonlySet<string>;
  /** Which item of a loop is shown, by the loop's rule. */
  items: Readonly<Record<string, number>>;
  /** Which sample of a step is shown, by step id. */
  samples: Readonly<Record<string, number>>;
  resultOpen: boolean;
}

const atFirst: MapperState = {
  stepId: null,
  view: 'lines',
  selected: null,
  source: null,
  dragging: false,
  hovered: null,
  toggledSources: new Set(),
  toggledTargets: new Set(),
  items: {},
  samples: {},
  resultOpen: true,
};

export const useMapper = create<MapperState>()(() => atFirst);

/** What the mapper as a whole is drawn from. Where the mouse is, and what is being dragged, is drawn by the rows and lines alone. */
export const useMapperView = () =>
  useMapper(useShallow(({ samples, items, view, selected, resultOpen, toggledSources, toggledTargets }) => ({
    samples,
    items,
    view,
    selected,
    resultOpen,
    toggledSources,
    toggledTargets,
  })));

const set = (patch: Partial<MapperState>): void => useMapper.setState(patch);

export function beginMapper(stepId: string): void {
  const { view, resultOpen, stepId: before } = useMapper.getState();
  if (before !== stepId) useMapper.setState({ ...atFirst, stepId, view, resultOpen });
}

export const selectTarget = (key: string | null): void => set({ selected: key });
export const chooseSource = (source: SourceRow | null, dragging = false): void => set({ source, dragging });
export const hover = (key: string | null): void => set({ hovered: key });
export const setView = (view: 'lines' | 'list'): void => set({ view });
export const setResultOpen = (resultOpen: boolean): void => set({ resultOpen });
export const showItem = (ruleId: string, index: number): void => useMapper.setState(({ items }) => ({ items: { ...items, [ruleId]: index } }));
export const showSample = (stepId: string, index: number): void =>
  useMapper.setState(({ samples }) => ({ samples: { ...samples, [stepId]: index }, items: {} }));

export function toggle(side: 'toggledSources' | 'toggledTargets', key: string): void {
  useMapper.setState((state) => {
    const next = new Set(state[side]);
    if (!next.delete(key)) next.add(key);
    return { [side]: next };
  });
}
