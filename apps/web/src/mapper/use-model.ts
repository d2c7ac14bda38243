import { useMemo, useState } from 'react';
import { useEditor } from '../editor/state/index.ts';
import { modelOf, type MapperModel } from './mapper-model.ts';

const usual: Readonly<Record<string, number>> = {};

/** The model of a step as the flow changes. What it reads stays the same object while that does not: a keystroke in a target must not draw the sources anew. */
export function useModel(stepId: string, chosen = usual): MapperModel {
  const flow = useEditor((state) => state.document);
  const catalogue = useEditor((state) => state.catalogue);
  const [keep] = useState(keepReadable);
  return useMemo(() => keep(modelOf(flow, stepId, catalogue, chosen)), [flow, stepId, catalogue, chosen, keep]);
}

/** Gives each model the sources and values of the one before, where they are the same. */
function keepReadable(): (model: MapperModel) => MapperModel {
  let before: MapperModel | undefined;
  return (model) => {
    before = before && readsTheSame(before, model) ? { ...model, sources: before.sources, values: before.values } : model;
    return before;
  };
}

function readsTheSame(old: MapperModel, now: MapperModel): boolean {
  return (
    old.sources.length === now.sources.length &&
    now.sources.every(({ id, title, schema }, index) => {
      const source = old.sources[index];
      return source?.id === id && source.title === title && source.schema === schema && old.values[id] === now.values[id];
    })
  );
}
