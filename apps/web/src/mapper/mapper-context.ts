import { createContext, useContext } from 'react';
import type { MappingProblem } from '@weft/mapping';
import type { MapperFindings, MapperModel } from './mapper-model.ts';
import type { Choice } from './rules/drop-source.ts';
import type { SourceRow } from './tree/source-tree.ts';
import type { TargetRow } from './tree/target-tree.ts';
import type { EditMapping } from './use-mapping.ts';

/** A list was dropped on a single field: the person says what it is to become. */
export interface PendingChoice {
  target: TargetRow;
  source: SourceRow;
  choices: Choice[];
}

/** What every part of the mapper works with. */
export interface MapperContextValue {
  stepId: string;
  model: MapperModel;
  /** A moment behind the model while typing. */
  findings: MapperFindings;
  problemsAt(placeKey: string): readonly MappingProblem[];
  sourceRows: readonly SourceRow[];
  targetRows: readonly TargetRow[];
  edit: EditMapping;
  /** Joins a source and a target. */
  join(source: SourceRow, target: TargetRow): void;
  itemAt(ruleId: string): number;
}

export const MapperContext = createContext<MapperContextValue | null>(null);

export function useMapperContext(): MapperContextValue {
  const value = useContext(MapperContext);
  if (!value) throw new Error('A part of the mapper was drawn outside of it.');
  return value;
}
